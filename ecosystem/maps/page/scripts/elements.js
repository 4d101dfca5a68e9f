// The elements of the page: found, and made of text that stays text.

import { webAddress } from "./data/text.js";

export const byId = (id) => document.getElementById(id);

// element("p", {class: "note", onclick: f}, "text", child, …)
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return made;
}

export function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

// Only addresses of the web become links; any other text stays text.
export function link(address, text) {
  const url = webAddress(address);
  if (!url) return text || "";
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text || url.host);
}

export const narrow = () => window.matchMedia("(max-width: 760px)").matches;
export const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

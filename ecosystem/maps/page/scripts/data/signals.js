// What happens in one part and matters to others that it does not know: one tells, others listen.
// Who listens to what is said in one place, start.js.

function signal() {
  const listeners = [];
  return {
    listen(heard) {
      listeners.push(heard);
    },
    tell(...said) {
      for (const heard of listeners) heard(...said);
    },
  };
}

export const chosen = signal(); // something to read: (selected, {fly, read})
export const spoken = signal(); // a language
export const visited = signal(); // a territory
export const opened = signal(); // a community, and whether its members are shown
export const restyled = signal(); // what the canvas holds has changed

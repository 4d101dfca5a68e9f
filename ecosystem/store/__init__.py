"""The graph store: loading, reading back, asking; Neo4j or the embedded engine, over Bolt.

Importing it imports nothing: `ecosystem.store.bolt` is what needs the driver.
"""

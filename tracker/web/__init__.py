"""Server-rendered pages. A view reads input, asks permission, makes one call, answers."""

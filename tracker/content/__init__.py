"""What people read and what staff pick from, as versioned data."""

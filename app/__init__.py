"""The desktop program: windows, tools and background work. No science in it."""

"""What can be applied for: forms that the office writes, tries out and publishes, and calls for applications."""

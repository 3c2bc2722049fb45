"""What `make check-content` asks of the texts that editors write."""

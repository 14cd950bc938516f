"""What is learned and what happened: data, network, training, measurements, maps."""

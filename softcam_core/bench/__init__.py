"""This project beside torchcam, pytorch-grad-cam and captum on the same work, in one run."""

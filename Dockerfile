# The imt command line in a container.
#   docker build -t imt .                                 for CPUs
#   docker build -t imt --build-arg ACCELERATOR=cuda .    for NVIDIA GPUs; run it with --gpus all
ARG ACCELERATOR=cpu

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG ACCELERATOR
WORKDIR /source
COPY . .
RUN dotnet publish src/Cli -c Release -p:Accelerator=$ACCELERATOR -o /app

FROM mcr.microsoft.com/dotnet/runtime:10.0 AS cpu

# ONNX Runtime needs CUDA 13 and cuDNN 9 of the system; TorchSharp brings its own CUDA.
FROM nvidia/cuda:13.0.1-cudnn-runtime-ubuntu24.04 AS cuda
COPY --from=cpu /usr/share/dotnet /usr/share/dotnet

FROM $ACCELERATOR
COPY --from=build /app /app
COPY models /app/models
ENV PATH=/app:$PATH
# ONNX Runtime reports its use to Microsoft otherwise.
ENV ORT_DISABLE_TELEMETRY=1
WORKDIR /data
ENTRYPOINT ["imt"]

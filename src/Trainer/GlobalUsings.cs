global using MlNetImageTranslation.Imaging;
global using MlNetImageTranslation.Networks;
global using Device = TorchSharp.torch.Device;
global using Tensor = TorchSharp.torch.Tensor;

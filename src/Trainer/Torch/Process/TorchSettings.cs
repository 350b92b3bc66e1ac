using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Settings of libtorch that hold for the whole process, as a run needs them; disposing gives them back as they were.
/// </summary>
internal sealed class TorchSettings : IDisposable
{
    private readonly int _threads;
    private readonly bool _convolutionTf32;

    /// <summary>Sets the threads on the CPU, and tensor cores for convolutions.</summary>
    public TorchSettings(int threads)
    {
        _threads = torch.get_num_threads();
        _convolutionTf32 = torch.backends.cudnn.allow_tf32;
        torch.set_num_threads(threads);
        // PyTorch's default. That of matrix products is off there, and is left alone here.
        torch.backends.cudnn.allow_tf32 = true;
    }

    public void Dispose()
    {
        torch.backends.cudnn.allow_tf32 = _convolutionTf32;
        torch.set_num_threads(_threads);
    }
}

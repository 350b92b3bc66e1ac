using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Input and output buffers of one run at a time, bound once: as long as the shape stays, a run allocates nothing.
/// One thread at a time.
/// </summary>
internal sealed class RunSlot : IDisposable
{
    private readonly InferenceSession _session;
    private readonly EngineModel _model;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private readonly RunBuffer _input;
    private readonly RunBuffer _output;
    private (int Batch, int Height, int Width, int Scale) _shape;

    /// <param name="session">Runs the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="memory">Where the buffers come from.</param>
    public RunSlot(InferenceSession session, EngineModel model, OrtAllocator memory) =>
        (_session, _model, _binding, _input, _output) = (
            session,
            model,
            session.CreateIoBinding(),
            new(memory),
            new(memory)
        );

    /// <summary>The pixels going in: [batch, height, width, 3].</summary>
    public Span<byte> Input => _input.Pixels;

    /// <summary>The pixels coming out, scale times as high and wide.</summary>
    public Span<byte> Output => _output.Pixels;

    /// <summary>Binds buffers of that shape, if they are not bound already.</summary>
    public void Bind(int batch, int height, int width, int scale)
    {
        if (_shape == (batch, height, width, scale))
            return;
        // Unset first: a failure in the middle must not leave a shape that looks bound.
        _shape = default;
        _binding.BindInput(_model.InputName, _input.Tensor(batch, height, width));
        _binding.BindOutput(_model.OutputName, _output.Tensor(batch, checked(height * scale), checked(width * scale)));
        _shape = (batch, height, width, scale);
    }

    /// <summary>Runs the model from the input buffer to the output buffer.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    public void Run()
    {
        try
        {
            _binding.SynchronizeBoundInputs();
            _session.RunWithBinding(_run, _binding);
            _binding.SynchronizeBoundOutputs();
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on {_shape.Batch} image(s) of {_shape.Width}x{_shape.Height}: "
                    + $"{exception.Message}",
                exception
            );
        }
    }

    /// <summary>
    /// Runs a black image and returns how many times larger the result is; null where that is no whole number or not
    /// the same on both sides.
    /// </summary>
    public int? Probe(int height, int width) =>
        ProbeSize(height, width) is { } size
        && size.Height % height == 0
        && size.Width % width == 0
        && size.Height / height == size.Width / width
            ? size.Height / height
            : null;

    /// <summary>Runs a black image and returns the size of the result; null where that is no image.</summary>
    public ImageSize? ProbeSize(int height, int width)
    {
        int batch = _model.Pixels.FixedBatch ?? 1;
        // A size that does not work is no error; what the runtime says about it comes with the exception.
        using var quiet = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var image = OrtValue.CreateTensorValueFromMemory(
            new byte[checked(batch * height * width * 3)],
            [batch, height, width, 3]
        );
        try
        {
            using var results = _session.Run(quiet, [_model.InputName], [image], [_model.OutputName]);
            var shape = results[0].GetTensorTypeAndShape().Shape;
            return shape.Length == 4 && shape[0] == batch && shape[3] == 3 && shape[1] > 0 && shape[2] > 0
                ? new((int)shape[2], (int)shape[1])
                : null;
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on an image of {width}x{height}: {exception.Message}",
                exception
            );
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _run.Dispose();
    }
}

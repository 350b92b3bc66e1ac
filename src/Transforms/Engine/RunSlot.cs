using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Input and output buffers of one run at a time, pinned and bound once: as long as the shape stays, a run allocates nothing.
/// One thread at a time.
/// </summary>
internal sealed class RunSlot : IDisposable
{
    private readonly InferenceSession _session;
    private readonly EngineModel _model;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private byte[] _inputBuffer = [];
    private byte[] _outputBuffer = [];
    private OrtValue? _input;
    private OrtValue? _output;
    private (int Batch, int Height, int Width, int Scale) _shape;

    public RunSlot(InferenceSession session, EngineModel model) => (_session, _model, _binding) = (session, model, session.CreateIoBinding());

    /// <summary>The pixels going in: [batch, height, width, 3].</summary>
    public Span<byte> Input => _inputBuffer.AsSpan(0, _shape.Batch * _shape.Height * _shape.Width * 3);

    /// <summary>The pixels coming out, scale times as high and wide.</summary>
    public Span<byte> Output => _outputBuffer.AsSpan(0, _shape.Batch * _shape.Height * _shape.Width * 3 * _shape.Scale * _shape.Scale);

    /// <summary>Binds buffers of that shape, if they are not bound already.</summary>
    public void Bind(int batch, int height, int width, int scale)
    {
        if (_shape == (batch, height, width, scale)) return;
        // Unset first: a failure in the middle must not leave a shape that looks bound.
        _shape = default;
        int inputBytes = checked(batch * height * width * 3), outputBytes = checked(inputBytes * scale * scale);
        Replace(ref _inputBuffer, ref _input, inputBytes, [batch, height, width, 3]);
        Replace(ref _outputBuffer, ref _output, outputBytes, [batch, height * scale, width * scale, 3]);
        _binding.BindInput(_model.InputName, _input!);
        _binding.BindOutput(_model.OutputName, _output!);
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
            throw new InvalidOperationException($"{_model.Name} failed on {_shape.Batch} picture(s) of {_shape.Width}x{_shape.Height}: {exception.Message}", exception);
        }
    }

    /// <summary>Runs a black picture and returns how many times larger the result is; null where that is no whole number or not the same on both sides.</summary>
    public int? Probe(int height, int width) =>
        ProbeSize(height, width) is { } size && size.Height % height == 0 && size.Width % width == 0 && size.Height / height == size.Width / width ? size.Height / height : null;

    /// <summary>Runs a black picture and returns the size of the result; null where that is no picture.</summary>
    public PictureSize? ProbeSize(int height, int width)
    {
        int batch = _model.Pixels.FixedBatch ?? 1;
        // A size that does not work is no error; what the runtime says about it comes with the exception.
        using var quiet = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var picture = OrtValue.CreateTensorValueFromMemory(new byte[checked(batch * height * width * 3)], [batch, height, width, 3]);
        try
        {
            using var results = _session.Run(quiet, [_model.InputName], [picture], [_model.OutputName]);
            var shape = results[0].GetTensorTypeAndShape().Shape;
            return shape.Length == 4 && shape[0] == batch && shape[3] == 3 && shape[1] > 0 && shape[2] > 0 ? new((int)shape[1], (int)shape[2]) : null;
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException($"{_model.Name} failed on a picture of {width}x{height}: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input?.Dispose();
        _output?.Dispose();
        _run.Dispose();
    }

    private static void Replace(ref byte[] buffer, ref OrtValue? value, int length, long[] shape)
    {
        if (buffer.Length < length) buffer = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        var old = value;
        value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, length), shape);
        old?.Dispose();
    }
}

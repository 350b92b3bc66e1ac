using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Input and output buffers of one run at a time: as long as the shape stays, a run allocates nothing of its own. One
/// thread at a time.
/// </summary>
internal sealed class RunSlot : IDisposable
{
    private readonly IModelSession _session;
    private readonly EngineModel _model;
    private readonly IRunBinding _binding;
    private readonly RunBuffer _input;
    private readonly RunBuffer _output;
    private OrtValue? _pixels;
    private (int Batch, int Height, int Width, ImageScale Scale) _shape;

    /// <param name="session">Runs the model.</param>
    /// <param name="model">The model.</param>
    public RunSlot(IModelSession session, EngineModel model)
    {
        _session = session;
        _model = model;
        _binding = session.CreateBinding();
        _input = new(OrtAllocator.DefaultInstance);
        _output = new(OrtAllocator.DefaultInstance);
    }

    /// <summary>The pixels going in: [batch, height, width, 3 or, with instance images, 6].</summary>
    public Span<byte> Input => _input.Pixels;

    /// <summary>The pixels coming out, as much larger or smaller as the shape says.</summary>
    public Span<byte> Output => _output.Pixels;

    /// <summary>Makes the buffers ready for that shape.</summary>
    /// <exception cref="RunTooLargeException">A run of it would take more memory than is allowed.</exception>
    public void Prepare(int batch, int height, int width, ImageScale scale)
    {
        if (_shape == (batch, height, width, scale))
            return;
        _model.Memory.Check(batch, height, width, _session.Provider == ExecutionProviders.Cpu);
        // Unset first: a failure in the middle must not leave a shape that looks ready.
        _shape = default;
        _pixels = _input.Tensor(batch, height, width, _model.Pixels.InputSamples);
        _binding.BindOutput(_output.Tensor(batch, height * scale, width * scale, 3));
        _shape = (batch, height, width, scale);
    }

    /// <summary>Runs the model from the input buffer to the output buffer.</summary>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public void Run() => Run(_pixels!);

    /// <summary>Runs the model from other memory to the output buffer.</summary>
    /// <param name="pixels">As many samples as the input buffer has.</param>
    /// <inheritdoc cref="Run()"/>
    public void Run(byte[] pixels)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(
            pixels,
            [_shape.Batch, _shape.Height, _shape.Width, _model.Pixels.InputSamples]
        );
        Run(input);
    }

    private void Run(OrtValue input)
    {
        try
        {
            // Before every run: a GPU gets the pixels that are in the buffer when it is bound.
            _binding.BindInput(input);
            _binding.Run();
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on {_shape.Batch} image(s) of {_shape.Width}x{_shape.Height}: "
                    + $"{RuntimeMessage.Of(exception)}",
                exception
            );
        }
    }

    /// <summary>
    /// Runs a black image and returns how much larger or smaller the result is; null where that is no whole number or
    /// not the same on both sides.
    /// </summary>
    public ImageScale? Probe(int height, int width) =>
        ProbeSize(height, width) is { } size ? ImageScale.Between(new(width, height), size) : null;

    /// <summary>Runs a black image and returns the size of the result; null where that is no image.</summary>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public ImageSize? ProbeSize(int height, int width)
    {
        int batch = _model.Pixels.FixedBatch ?? 1,
            samples = _model.Pixels.InputSamples;
        _model.Memory.Check(batch, height, width, _session.Provider == ExecutionProviders.Cpu);
        using var image = OrtValue.CreateTensorValueFromMemory(
            new byte[checked(batch * height * width * samples)],
            [batch, height, width, samples]
        );
        try
        {
            using var results = _session.Run([_model.InputName], [image], [_model.OutputName]);
            var shape = results[0].GetTensorTypeAndShape().Shape;
            return shape.Length == 4 && shape[0] == batch && shape[3] == 3 && shape[1] > 0 && shape[2] > 0
                ? new((int)shape[2], (int)shape[1])
                : null;
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{_model.Name} failed on an image of {width}x{height}: {RuntimeMessage.Of(exception)}",
                exception
            );
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
    }
}

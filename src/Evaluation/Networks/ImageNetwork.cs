using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Evaluation;

/// <summary>An ONNX model that looks at images: prepares its input and hands out its output.</summary>
internal sealed class ImageNetwork : IDisposable
{
    private readonly ImageNetworkOptions _options;
    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly string _output;
    private readonly bool _bytes;
    private readonly PixelLayout _layout;
    private readonly ImageSize? _size;
    private readonly int? _batch;
    private readonly float[] _scale = new float[3],
        _offset = new float[3];

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses the file.</exception>
    /// <exception cref="NotSupportedException">Its input is no image of three channels in bytes or floats.</exception>
    public ImageNetwork(ImageNetworkOptions options)
    {
        _options = options;
        if (!File.Exists(options.ModelFile))
            throw new FileNotFoundException($"There is no model file '{options.ModelFile}'.", options.ModelFile);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        _session = OnnxRuntimeLibrary.Open(options.ModelFile, options.Device, options.GpuDeviceId);
        try
        {
            var inputs = _session.InputMetadata.Where(i => i.Value.IsTensor).ToArray();
            if (inputs.Length != 1)
                throw Unsupported($"it has {inputs.Length} inputs");
            (_input, var metadata) = (inputs[0].Key, inputs[0].Value);
            _bytes = metadata.ElementDataType == TensorElementType.UInt8;
            if (!_bytes && metadata.ElementDataType != TensorElementType.Float)
                throw Unsupported($"its input '{_input}' is {metadata.ElementDataType}");
            var dimensions = metadata.Dimensions;
            if (dimensions.Length != 4)
                throw Unsupported($"its input '{_input}' has {dimensions.Length} dimensions");
            _layout =
                options.Layout
                ?? (
                    dimensions[1] == 3 ? PixelLayout.Nchw
                    : dimensions[3] == 3 ? PixelLayout.Nhwc
                    : throw Unsupported(
                        $"its input '{_input}' is [{string.Join(", ", dimensions)}]; say by "
                            + $"{nameof(options.Layout)} where the channels are"
                    )
                );
            int height = dimensions[_layout == PixelLayout.Nchw ? 2 : 1],
                width = dimensions[_layout == PixelLayout.Nchw ? 3 : 2];
            _size = height > 0 && width > 0 ? new(width, height) : options.Size;
            _batch = dimensions[0] > 0 ? dimensions[0] : null;
            _output = options.OutputName ?? _session.OutputMetadata.Keys.First();
            if (!_session.OutputMetadata.ContainsKey(_output))
                throw new ArgumentException(
                    $"Model '{options.ModelFile}' has no output '{_output}'; it has "
                        + $"{string.Join(", ", _session.OutputMetadata.Keys)}.",
                    nameof(options)
                );
            SetScaling();
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>What distances have to state: file, size and filter.</summary>
    public string Protocol =>
        $"{Path.GetFileName(_options.ModelFile)}, "
        + $"{(_size is { } size ? $"{size.Width}x{size.Height} {_options.Filter}" : "own sizes")}";

    /// <summary>
    /// Runs the images and hands out the values and the dimensions of each run with the images that were in it.
    /// </summary>
    /// <exception cref="ArgumentException">The model takes several images at a time and they differ in
    /// size.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    public IEnumerable<(RgbImage[] Images, OrtValue Output)> Run(IEnumerable<RgbImage> images)
    {
        foreach (var chunk in images.Chunk(_batch ?? (_size is null ? 1 : _options.BatchSize)))
        {
            var sized = Array.ConvertAll(
                chunk,
                image => _size is { } size ? image.Resize(size.Width, size.Height, _options.Filter) : image
            );
            using var input = _bytes ? Tensor<byte>(sized, WriteBytes) : Tensor<float>(sized, WriteFloats);
            // What goes wrong comes with the exception.
            using var runOptions = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var results = Run(runOptions, input, sized);
            yield return (chunk, results[0]);
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(RunOptions runOptions, OrtValue input, RgbImage[] images)
    {
        try
        {
            return _session.Run(runOptions, [_input], [input], [_output]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"Model '{_options.ModelFile}' failed on {images.Length} image(s) of {images[0].Size}: "
                    + $"{exception.Message}",
                exception
            );
        }
    }

    public NotSupportedException Unsupported(string why) =>
        new($"Model '{_options.ModelFile}' cannot be used here: {why}.");

    public void Dispose() => _session.Dispose();

    private OrtValue Tensor<T>(RgbImage[] images, WriteTo<T> write)
        where T : unmanaged
    {
        int count = _batch ?? images.Length,
            height = images[0].Height,
            width = images[0].Width,
            length = height * width * 3;
        // A fixed batch is filled up with zeros; their results are not read.
        var values = new T[count * length];
        for (int i = 0; i < images.Length; i++)
        {
            if (images[i].Width != width || images[i].Height != height)
                throw new ArgumentException(
                    $"Model '{_options.ModelFile}' takes {count} images at a time, which must be of one size; got "
                        + $"{images[0].Size} and {images[i].Size}. Set {nameof(_options.Size)}."
                );
            write(images[i], values.AsSpan(i * length, length));
        }
        long[] shape = _layout == PixelLayout.Nchw ? [count, 3, height, width] : [count, height, width, 3];
        return OrtValue.CreateTensorValueFromMemory(values, shape);
    }

    private delegate void WriteTo<T>(RgbImage image, Span<T> values);

    private void WriteBytes(RgbImage image, Span<byte> values)
    {
        for (int c = 0; c < 3; c++)
        for (int i = c, at = First(c, values.Length); i < image.Pixels.Length; i += 3, at += Step)
            values[at] = image.Pixels[i];
    }

    private void WriteFloats(RgbImage image, Span<float> values)
    {
        for (int c = 0; c < 3; c++)
        {
            int channel = ChannelOf(c);
            for (int i = c, at = First(c, values.Length); i < image.Pixels.Length; i += 3, at += Step)
                values[at] = image.Pixels[i] * _scale[channel] + _offset[channel];
        }
    }

    private int Step => _layout == PixelLayout.Nchw ? 1 : 3;

    private int ChannelOf(int color) => _options.ColorOrder == ColorOrder.Rgb ? color : 2 - color;

    private int First(int color, int length) =>
        _layout == PixelLayout.Nchw ? ChannelOf(color) * length / 3 : ChannelOf(color);

    private void SetScaling()
    {
        var (low, high) = _options.Range switch
        {
            PixelRange.ZeroTo255 => (0f, 255f),
            PixelRange.MinusOneToOne => (-1f, 1f),
            _ => (0f, 1f),
        };
        for (int c = 0; c < 3; c++)
        {
            float mean = Number(_options.Mean, c, 0, nameof(_options.Mean)),
                std = Number(_options.Std, c, 1, nameof(_options.Std));
            _scale[c] = (high - low) / 255 / std;
            _offset[c] = (low - mean) / std;
        }
    }

    private static float Number(IReadOnlyList<float>? values, int channel, float missing, string name) =>
        values switch
        {
            null => missing,
            { Count: 1 } => values[0],
            { Count: 3 } => values[channel],
            _ => throw new ArgumentException($"Expected one number or three for {name}; got {values.Count}."),
        };
}

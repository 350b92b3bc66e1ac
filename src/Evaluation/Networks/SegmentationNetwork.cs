using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The class of every pixel by an ONNX network: scores [N, C, h, w] of which the largest counts, or numbers [N, h, w]
/// or [N, 1, h, w]. The map is brought to the image's size by nearest neighbour.
/// </summary>
internal sealed class SegmentationNetwork : IDisposable
{
    private readonly ImageNetwork _network;

    /// <summary>Loads the network.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses the file.</exception>
    /// <exception cref="NotSupportedException">It does not take images.</exception>
    public SegmentationNetwork(ImageNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _network = new(options);
    }

    /// <summary>The file, the size and the filter of the resizing.</summary>
    public string Protocol => _network.Protocol;

    /// <summary>The class of every pixel, row by row.</summary>
    /// <exception cref="NotSupportedException">The output is no label map.</exception>
    public int[] Classify(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (_, output) = _network.Run([image]).Select(run => (run.Images, Read(run.Output))).Single();
        return Resize(output.Classes, output.Height, output.Width, image.Height, image.Width);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private (int[] Classes, int Height, int Width) Read(OrtValue output)
    {
        var type = output.GetTensorTypeAndShape();
        var shape = type.Shape;
        if (shape.Length is not (3 or 4))
            throw _network.Unsupported(
                $"its output is [{string.Join(", ", shape)}], expected [N, C, h, w] or [N, h, w]"
            );
        int height = (int)shape[^2],
            width = (int)shape[^1],
            classes = shape.Length == 4 ? (int)shape[1] : 1;
        var map = new int[height * width];
        switch (type.ElementDataType)
        {
            case TensorElementType.Float when classes > 1:
                Largest(output.GetTensorDataAsSpan<float>()[..(classes * map.Length)], classes, map);
                break;
            case TensorElementType.Int64 when classes == 1:
                Copy(output.GetTensorDataAsSpan<long>(), map);
                break;
            case TensorElementType.Int32 when classes == 1:
                Copy(output.GetTensorDataAsSpan<int>(), map);
                break;
            case TensorElementType.UInt8 when classes == 1:
                Copy(output.GetTensorDataAsSpan<byte>(), map);
                break;
            default:
                throw _network.Unsupported(
                    $"its output is {type.ElementDataType} [{string.Join(", ", shape)}], expected float scores or "
                        + $"whole numbers"
                );
        }
        return (map, height, width);
    }

    private static void Copy<T>(ReadOnlySpan<T> numbers, Span<int> map)
        where T : System.Numerics.INumber<T>
    {
        for (int i = 0; i < map.Length; i++)
            map[i] = int.CreateTruncating(numbers[i]);
    }

    private static void Largest(ReadOnlySpan<float> scores, int classes, Span<int> map)
    {
        for (int i = 0; i < map.Length; i++)
        for (int c = 1; c < classes; c++)
            if (scores[c * map.Length + i] > scores[map[i] * map.Length + i])
                map[i] = c;
    }

    private static int[] Resize(int[] map, int height, int width, int newHeight, int newWidth)
    {
        if (height == newHeight && width == newWidth)
            return map;
        var result = new int[newHeight * newWidth];
        for (int y = 0; y < newHeight; y++)
        {
            int row = (int)((y + 0.5) * height / newHeight) * width;
            for (int x = 0; x < newWidth; x++)
                result[y * newWidth + x] = map[row + (int)((x + 0.5) * width / newWidth)];
        }
        return result;
    }
}

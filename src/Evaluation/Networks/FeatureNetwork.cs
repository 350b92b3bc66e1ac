using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// Features of images by an ONNX network of your choice, such as Inception v3 up to its last pooling for FID. An output
/// with more than two dimensions [N, d, ...] is averaged over those beyond the second.
/// </summary>
internal sealed class FeatureNetwork : IDisposable
{
    private readonly ImageNetwork _network;

    /// <summary>Loads the network.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses the file.</exception>
    /// <exception cref="NotSupportedException">It does not take images.</exception>
    public FeatureNetwork(ImageNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _network = new(options);
    }

    /// <summary>What has to be stated beside a distance: the file, the size and the filter of the resizing.</summary>
    public string Protocol => _network.Protocol;

    /// <summary>Appends the features of images to a set, in their order.</summary>
    /// <exception cref="NotSupportedException">The output is no vector of floats for each image.</exception>
    public void AddTo(FeatureSet features, IEnumerable<RgbImage> images)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(images);
        foreach (var (chunk, output) in _network.Run(images))
        {
            var shape = output.GetTensorTypeAndShape();
            if (
                shape.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
                || shape.Shape.Length < 2
                || shape.Shape[0] < chunk.Length
            )
                throw _network.Unsupported(
                    $"its output is {shape.ElementDataType} [{string.Join(", ", shape.Shape)}], expected floats [N, d]"
                );
            var values = output.GetTensorDataAsSpan<float>();
            int dimension = (int)shape.Shape[1],
                each = (int)(values.Length / shape.Shape[0]),
                places = each / dimension;
            var vector = new float[dimension];
            for (int i = 0; i < chunk.Length; i++)
            {
                for (int d = 0; d < dimension; d++)
                {
                    double sum = 0;
                    foreach (var value in values.Slice(i * each + d * places, places))
                        sum += value;
                    vector[d] = (float)(sum / places);
                }
                features.Add(vector);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}

using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// A file of a network that was compared with torch, over all values of the images it was verified on.
/// </summary>
/// <param name="File">The ONNX or safetensors file.</param>
/// <param name="Card">Its model card.</param>
/// <param name="LargestError">The largest error on the scale of [-1, 1] that its 8-bit answers prove (rounding to 8
/// bits is not an error).</param>
/// <param name="Psnr">PSNR of its 8-bit answers against torch's, in dB; infinite where all are equal, as for a
/// safetensors file, which holds the very same weights.</param>
/// <param name="Images">Images compared; none for a safetensors file.</param>
public sealed record VerifiedModel(string File, ModelCard Card, double LargestError, double Psnr, int Images)
{
    /// <summary>The network in the checkpoint that the file was converted from; null for a run's export.</summary>
    public NetworkFile? Network { get; init; }

    /// <summary>
    /// Turns the checkpoint of another program into a file of this library: reads a network (see
    /// <see cref="NetworkFile.Import(string, ImportOptions?)"/>) and writes it as ONNX or as safetensors, by the
    /// extension of <paramref name="output"/>.
    /// </summary>
    /// <param name="checkpoint">A safetensors or PyTorch file.</param>
    /// <param name="output">The file to write, <c>.onnx</c> or <c>.safetensors</c>; an existing one is
    /// replaced.</param>
    /// <param name="import">What the checkpoint does not say.</param>
    /// <param name="export">How an ONNX file is written.</param>
    /// <param name="images">Images to verify an ONNX file on; coloured noise where null.</param>
    /// <exception cref="FormatException">The checkpoint cannot be read, or its weights do not fit; the message lists
    /// them.</exception>
    /// <exception cref="ArgumentException">The output has another extension, or the network cannot be written as the
    /// options ask.</exception>
    /// <exception cref="InvalidOperationException">The ONNX file does not do what torch does.</exception>
    public static VerifiedModel FromCheckpoint(
        string checkpoint,
        string output,
        ImportOptions? import = null,
        OnnxExportOptions? export = null,
        IReadOnlyList<RgbImage>? images = null
    ) => CheckpointConverter.Convert(checkpoint, output, import, export, images);
}

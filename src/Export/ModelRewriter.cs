using System.Collections.Immutable;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Rewrites ONNX models for the runtime, and tells what memory they need. Models are read, not run; what is not
/// understood stays.
/// </summary>
public static class ModelRewriter
{
    /// <summary>The name of an adapted model's input.</summary>
    public const string InputName = OnnxAdapter.InputName;

    /// <summary>The name of an adapted model's output.</summary>
    public const string OutputName = OnnxAdapter.OutputName;

    /// <summary>
    /// Puts a uint8 [N, H, W, 3] RGB interface around a model, as free in batch and size as the model is. The model's
    /// own nodes and weights stay as they are.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[] Adapt(ReadOnlySpan<byte> model, PixelInterface pixels) => OnnxAdapter.Adapt(model, pixels);

    /// <summary>The same for one image of one size, which is padded by reflection and cropped inside.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <param name="inputName">The new name of its input.</param>
    /// <param name="outputName">The new name of its output.</param>
    /// <param name="size">The size of the image.</param>
    /// <param name="padded">The size that the model reads, at least <paramref name="size"/>.</param>
    /// <param name="scale">How many times larger the output is.</param>
    /// <param name="reduction">How many times smaller the output is, rounded up to whole pixels; the sides of
    /// <paramref name="padded"/> are multiples of it.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[] Adapt(
        ReadOnlySpan<byte> model,
        PixelInterface pixels,
        string inputName,
        string outputName,
        ImageSize size,
        ImageSize padded,
        int scale,
        int reduction
    ) =>
        OnnxAdapter.Adapt(
            model,
            pixels,
            inputName,
            outputName,
            new ImagePadding(size.Height, size.Width, padded.Height, padded.Width, reduction),
            new ImageScale(scale, reduction)
        );

    /// <summary>
    /// The same with uint16 [N, H, W, 3] RGB in and out, black 0 and white 65535, for images of more than 8 bits a
    /// sample. A model that this library exported with bytes in and out gets it in place of them, around the network
    /// inside.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <returns>Null where the model itself takes or gives bytes and is none of this library's.</returns>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[]? AdaptWide(ReadOnlySpan<byte> model, PixelInterface pixels) =>
        OnnxAdapter.AdaptWide(model, pixels);

    /// <summary>
    /// The model with convolutions in forms that are faster on a CPU; null where nothing is gained. Convolutions whose
    /// weights would grow the model beyond what is allowed stay as they are, all of them.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="size">The size of image that the estimate of what pays is made for; every size gives the same
    /// result.</param>
    /// <param name="maximumGrowth">The most bytes that the weights may grow by.</param>
    /// <param name="threads">Threads of a run: some forms are faster with several, and slower with one.</param>
    /// <param name="hasManaged">Whether the session that runs it will know this library's own operator for
    /// convolutions.</param>
    /// <param name="addedBytesPerPixel">Memory that a run takes beyond the original model's, in bytes for each pixel of
    /// the model's input.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[]? ForCpu(
        ReadOnlySpan<byte> model,
        ImageSize size,
        long maximumGrowth,
        int threads,
        bool hasManaged,
        out long addedBytesPerPixel
    )
    {
        var rewritten = CpuModel.Rewrite(model, size, maximumGrowth, threads, hasManaged);
        addedBytesPerPixel = rewritten?.AddedBytesPerPixel ?? 0;
        return rewritten?.Bytes;
    }

    /// <summary>The model in the form that a GPU runs without the CPU's help; null where it is that already.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[]? ForCuda(ReadOnlySpan<byte> model) => CudaModel.Rewrite(model);

    /// <summary>
    /// The model with float32 in place of double precision, its input and output included; null where nothing in it has
    /// double precision. ONNX Runtime has no kernels of double precision for convolutions and many norms.
    /// </summary>
    /// <param name="model">The model's bytes; no values of it may lie in other files.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[]? ToFloat32(ReadOnlySpan<byte> model) => FloatModel.Rewrite(model);

    /// <summary>
    /// Opens up a model's instance norms: the model then also gives the mean and the mean square of every norm's input,
    /// and normalizes by a mean and a factor that it is given, or by its input's own.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="opset">The version of ONNX's operators in it.</param>
    /// <param name="epsilons">What each norm adds to its variance; as many as there are norms.</param>
    /// <param name="prefix">What the names of its further inputs and outputs begin with.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[] WithStatistics(
        ReadOnlySpan<byte> model,
        long opset,
        out ImmutableArray<float> epsilons,
        out string prefix
    )
    {
        var rewritten = StatisticsModel.Write(model, opset);
        epsilons = rewritten.Epsilons;
        prefix = rewritten.Names.Prefix;
        return rewritten.Bytes;
    }

    /// <summary>Whether a model has values in other files, or local functions.</summary>
    public static bool NeedsCompletion(OnnxModelInfo model) => OnnxCompletion.IsNeeded(model);

    /// <summary>
    /// A model that is complete in itself: values that lie in other files are read into it, and the nodes of its local
    /// functions take the place of the nodes that call them. It gives the same result.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="file">The file that they come from, whose folder holds the other files; null for a model in memory,
    /// whose external values stay where they are.</param>
    /// <param name="maximumOperators">The most operators that it may have then.</param>
    /// <remarks>
    /// Files are read only inside the model's own folder; where the model is reached by a link, the folder that it is
    /// really in is one too. A function that is written in other versions of operators than the model stays a function.
    /// </remarks>
    /// <exception cref="FormatException">The bytes are not an ONNX model; or a value's file is named by a path that
    /// leads out of the model's folder, is missing or too short; or a function calls itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException">With its functions written out, the model has more than
    /// <paramref name="maximumOperators"/> operators.</exception>
    /// <exception cref="OverflowException">It would have 2 GiB or more.</exception>
    public static byte[] Complete(ReadOnlySpan<byte> model, string? file, int maximumOperators) =>
        OnnxCompletion.Complete(model, file, maximumOperators);

    /// <summary>
    /// The model with bytes going in as by <see cref="Adapt(ReadOnlySpan{byte}, PixelInterface)"/>, whose output
    /// (<see cref="OutputName"/>) is what the model itself gives, as float32 in its own shape.
    /// </summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="pixels">What its tensors mean.</param>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static byte[] AdaptInput(ReadOnlySpan<byte> model, PixelInterface pixels) =>
        OnnxAdapter.AdaptInput(model, pixels);

    /// <summary>
    /// How much memory runs of a model take, by the shapes that follow from the graph: neither weights nor the runtime
    /// are touched.
    /// </summary>
    /// <param name="model">The model's bytes; they are not kept.</param>
    /// <param name="input">The input that gets the image.</param>
    /// <param name="type">The type of its elements.</param>
    /// <returns>
    /// A function of the shape of the input, safe to use from many threads. It gives the most bytes of values at a
    /// time, weights left out (what a runtime does on top, such as workspace and fusion, is not counted); the name of
    /// the largest value and its bytes; rows times columns of the first output, of images in either order of
    /// dimensions, null where they are not known; and whether every value is counted, which is false where a size
    /// depends on what the image shows, or an operator is not known.
    /// </returns>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static Func<
        ImmutableArray<int>,
        (double Bytes, string LargestValue, double LargestBytes, double? ResultPixels, bool IsComplete)
    > EstimateMemory(ReadOnlySpan<byte> model, string input, OnnxElementType type) =>
        MemoryEstimator.Read(model, input, type).Estimate;

    /// <summary>An output as the operators make it, whatever the file says of it.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="input">What it says of the input.</param>
    /// <param name="output">What it says of the output.</param>
    /// <param name="shape">The shape of the input in a run.</param>
    /// <returns>The output of that run, or null where its shape does not follow from the graph.</returns>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static OnnxTensorInfo? InferOutput(
        ReadOnlySpan<byte> model,
        OnnxTensorInfo input,
        OnnxTensorInfo output,
        params ImmutableArray<int> shape
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        return MemoryEstimator.Read(model, input.Name, input.ElementType).Infer(output, shape);
    }
}

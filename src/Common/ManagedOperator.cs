namespace MlNetImageTranslation;

/// <summary>
/// The operator of this library's own that convolutions are rewritten to, for sessions that know it: its name, and the
/// names of its attributes. Its inputs are those of Conv and ConvTranspose.
/// </summary>
/// <remarks>A model with it is made when a session is opened, and never written to a file.</remarks>
internal static class ManagedOperator
{
    /// <summary>
    /// How many factors of weights are made when a model is loaded, and held. More do not stay in a cache: to read them
    /// takes longer than to make them of the weights in each run.
    /// </summary>
    public const int MostReadyFactors = 1 << 19;

    /// <summary>Its domain.</summary>
    public const string Domain = "MlNetImageTranslation";

    /// <summary>Its type.</summary>
    public const string Type = "Convolution";

    /// <summary>Channels that are read.</summary>
    public const string Inputs = "input_channels";

    /// <summary>Channels of the result.</summary>
    public const string Outputs = "output_channels";

    /// <summary>The side of the kernel: 3 or 4.</summary>
    public const string Kernel = "kernel";

    /// <summary>The stride: 1 or 2.</summary>
    public const string Stride = "stride";

    /// <summary>Rows of zeros above, or rows that a transposed one crops there.</summary>
    public const string Top = "top";

    /// <summary>The same on the left.</summary>
    public const string Left = "left";

    /// <summary>The same below; what a transposed one adds there is negative.</summary>
    public const string Bottom = "bottom";

    /// <summary>The same on the right.</summary>
    public const string Right = "right";

    /// <summary>
    /// 1 where pixels beyond the image are reflections, of which there is one at most on each side; 0 for zeros.
    /// </summary>
    public const string Reflects = "reflects";

    /// <summary>1 for a transposed convolution, else 0.</summary>
    public const string Transposed = "transposed";

    /// <summary>What negative results are multiplied by, 0 to 1: 0 is ReLU, 1 changes nothing.</summary>
    public const string Slope = "slope";

    /// <summary>Threads of a run.</summary>
    public const string Threads = "threads";
}

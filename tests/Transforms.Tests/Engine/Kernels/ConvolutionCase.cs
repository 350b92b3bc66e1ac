using System.Globalization;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>One node of <see cref="ManagedOperator"/>, and what it reads.</summary>
/// <param name="Kernel">The side of its kernel.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Shape">Images, channels, rows and columns of what it reads.</param>
/// <param name="Outputs">Channels of the result.</param>
public sealed record ConvolutionCase(int Kernel, int Stride, int[] Shape, int Outputs)
{
    public bool Transposed { get; init; }

    /// <summary>Above, on the left, below and on the right.</summary>
    public int[] Pads { get; init; } = [1, 1, 1, 1];

    /// <summary>Whether pixels beyond the image are reflections.</summary>
    public bool Reflects { get; init; }

    public bool Bias { get; init; } = true;

    public float Slope { get; init; } = 1;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Transposed ? "transposed " : "")}{Kernel}x{Kernel}/{Stride}: {string.Join('x', Shape)} to {Outputs}, "
                + $"pads {string.Join(' ', Pads)}{(Reflects ? " reflected" : "")}{(Bias ? "" : ", no bias")}, slope {Slope}"
        );

    internal WinogradShape Winograd =>
        new ConvolutionSettings
        {
            Inputs = Shape[1],
            Outputs = Outputs,
            Kernel = Kernel,
            Stride = Stride,
            Top = Pads[0],
            Left = Pads[1],
            Bottom = Pads[2],
            Right = Pads[3],
            Reflects = Reflects,
            IsTransposed = Transposed,
            Slope = Slope,
            Threads = 1,
        }.ShapeOf(Shape[0], Shape[2], Shape[3]);
}

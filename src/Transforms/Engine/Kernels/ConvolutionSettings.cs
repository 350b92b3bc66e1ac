namespace MlNetImageTranslation.Transforms;

/// <summary>The attributes of a node that <see cref="ConvolutionOperator"/> computes.</summary>
internal sealed record ConvolutionSettings
{
    /// <summary>Channels that are read.</summary>
    public required int Inputs { get; init; }

    /// <summary>Channels of the result.</summary>
    public required int Outputs { get; init; }

    /// <summary>The side of the kernel.</summary>
    public required int Kernel { get; init; }

    /// <summary>The stride.</summary>
    public required int Stride { get; init; }

    /// <summary>Zeros above, or what a transposed one crops.</summary>
    public required int Top { get; init; }

    /// <summary>The same on the left.</summary>
    public required int Left { get; init; }

    /// <summary>The same below.</summary>
    public required int Bottom { get; init; }

    /// <summary>The same on the right.</summary>
    public required int Right { get; init; }

    /// <summary>Whether pixels beyond the image are reflections.</summary>
    public required bool Reflects { get; init; }

    /// <summary>Whether it is transposed.</summary>
    public required bool IsTransposed { get; init; }

    /// <summary>What negative results are multiplied by.</summary>
    public required float Slope { get; init; }

    /// <summary>Threads of a run.</summary>
    public required int Threads { get; init; }

    /// <summary>What is read and written for an image of the kernel's size.</summary>
    public WinogradShape SmallestShape => ShapeOf(1, Kernel, Kernel);

    /// <summary>Those of a node.</summary>
    public static ConvolutionSettings Of(nint info) =>
        new()
        {
            Inputs = (int)RuntimeApi.Integer(info, ManagedOperator.Inputs),
            Outputs = (int)RuntimeApi.Integer(info, ManagedOperator.Outputs),
            Kernel = (int)RuntimeApi.Integer(info, ManagedOperator.Kernel),
            Stride = (int)RuntimeApi.Integer(info, ManagedOperator.Stride),
            Top = (int)RuntimeApi.Integer(info, ManagedOperator.Top),
            Left = (int)RuntimeApi.Integer(info, ManagedOperator.Left),
            Bottom = (int)RuntimeApi.Integer(info, ManagedOperator.Bottom),
            Right = (int)RuntimeApi.Integer(info, ManagedOperator.Right),
            Reflects = RuntimeApi.Integer(info, ManagedOperator.Reflects) != 0,
            IsTransposed = RuntimeApi.Integer(info, ManagedOperator.Transposed) != 0,
            Slope = RuntimeApi.Number(info, ManagedOperator.Slope),
            Threads = (int)RuntimeApi.Integer(info, ManagedOperator.Threads),
        };

    /// <summary>What is read and written for an input, by the convolution or the one whose transpose it is.</summary>
    /// <param name="sides">Its images, channels, rows and columns.</param>
    /// <exception cref="InvalidOperationException">There is no result.</exception>
    public WinogradShape ShapeOf(ReadOnlySpan<long> sides)
    {
        if (sides[1] != Inputs)
            throw new InvalidOperationException($"A convolution of {Inputs} channels was given {sides[1]}.");
        var shape = ShapeOf(checked((int)sides[0]), checked((int)sides[2]), checked((int)sides[3]));
        if (Math.Min(Math.Min(shape.Height, shape.Width), Math.Min(shape.InputHeight, shape.InputWidth)) < 1)
            throw new InvalidOperationException(
                $"Images of {sides[3]}x{sides[2]} are too small for a {(IsTransposed ? "transposed " : "")}convolution "
                    + $"with a kernel of {Kernel}x{Kernel} and paddings {Top}, {Left}, {Bottom} and {Right}: "
                    + "the result would have no pixels."
            );
        if (Reflects && Math.Min(sides[2], sides[3]) < 2)
            throw new InvalidOperationException($"Images of {sides[3]}x{sides[2]} have no pixels to reflect.");
        return shape;
    }

    /// <summary>The same for images of a size.</summary>
    public WinogradShape ShapeOf(int images, int height, int width)
    {
        int rows = IsTransposed
                ? (height - 1) * Stride + Kernel - Top - Bottom
                : (height + Top + Bottom - Kernel + Stride) / Stride,
            columns = IsTransposed
                ? (width - 1) * Stride + Kernel - Left - Right
                : (width + Left + Right - Kernel + Stride) / Stride;
        var (inputs, outputs) = IsTransposed ? (Outputs, Inputs) : (Inputs, Outputs);
        var (inputHeight, inputWidth) = IsTransposed ? (rows, columns) : (height, width);
        var (resultHeight, resultWidth) = IsTransposed ? (height, width) : (rows, columns);
        return new()
        {
            Images = images,
            Inputs = inputs,
            InputHeight = inputHeight,
            InputWidth = inputWidth,
            Outputs = outputs,
            Height = resultHeight,
            Width = resultWidth,
            Kernel = Kernel,
            Stride = Stride,
            Top = Top,
            Left = Left,
            Reflects = Reflects,
        };
    }
}

namespace Microsoft.ML.Transforms.Image;

/// <summary>Which colours a vector of pixels holds, and in which order.</summary>
internal sealed record PixelLayout(ImagePixelExtractingEstimator.ColorBits Colors, ImagePixelExtractingEstimator.ColorsOrder Order, bool Interleaved)
{
    public int Planes => System.Numerics.BitOperations.PopCount((uint)Colors);

    public int Alpha => PlaneOf('A', ImagePixelExtractingEstimator.ColorBits.Alpha);

    public int Red => PlaneOf('R', ImagePixelExtractingEstimator.ColorBits.Red);

    public int Green => PlaneOf('G', ImagePixelExtractingEstimator.ColorBits.Green);

    public int Blue => PlaneOf('B', ImagePixelExtractingEstimator.ColorBits.Blue);

    /// <summary>From one value to the next of the same pixel, and from one pixel to the next of the same colour.</summary>
    public (int Plane, int Pixel) Strides(int pixels) => Interleaved ? (1, Planes) : (pixels, 1);

    // -1 for a colour that is not there.
    private int PlaneOf(char letter, ImagePixelExtractingEstimator.ColorBits bit)
    {
        if ((Colors & bit) == 0) return -1;
        var plane = 0;
        foreach (var other in Order.ToString())
        {
            if (other == letter) return plane;
            if ((Colors & BitOf(other)) != 0) plane++;
        }
        return -1;
    }

    private static ImagePixelExtractingEstimator.ColorBits BitOf(char letter) => letter switch
    {
        'A' => ImagePixelExtractingEstimator.ColorBits.Alpha,
        'R' => ImagePixelExtractingEstimator.ColorBits.Red,
        'G' => ImagePixelExtractingEstimator.ColorBits.Green,
        _ => ImagePixelExtractingEstimator.ColorBits.Blue,
    };
}

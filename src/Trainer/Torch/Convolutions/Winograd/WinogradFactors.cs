using static MlNetImageTranslation.Trainer.IMinimalFiltering;

namespace MlNetImageTranslation.Trainer;

/// <summary>Factors of images: what is multiplied with the factors of weights, or with each other.</summary>
internal static unsafe class WinogradFactors<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    /// <summary>Those of what a convolution reads, all phases of it.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="range">The tiles that they are for.</param>
    /// <param name="images">[images, inputs, input height, input width].</param>
    /// <param name="factors">Where they go: <see cref="WinogradLayout{TFiltering}"/>.</param>
    /// <param name="threads">How many threads work on it.</param>
    public static void OfInput(WinogradShape shape, TileRange range, float* images, float* factors, int threads)
    {
        int groups = shape.Inputs / Channels,
            columns = shape.TileColumns;
        nint step = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Depth);
        Each(
            shape,
            range,
            shape.Depth,
            WinogradLayout<TFiltering>.Input(shape, 0, 0, shape.TileRowsAtOnce(range)).Size,
            factors,
            threads,
            (group, piece, block, target) =>
            {
                var pixels = WinogradLayout<TFiltering>.Input(shape, group / groups, piece.First, piece.End);
                nint channel = (nint)piece.Image * shape.Inputs + group % groups * Channels;
                pixels.Read(images + channel * shape.InputHeight * shape.InputWidth, block);
                for (int y = 0; y < piece.End - piece.First; y++)
                for (int x = 0; x < columns; x++, target += Channels)
                    WinogradTransforms<TFiltering>.Input(
                        block + WinogradLayout<TFiltering>.Place(pixels, y, x),
                        pixels.Row,
                        target,
                        step
                    );
            }
        );
    }

    /// <summary>Those of the gradient of a convolution's result.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="range">The tiles that they are for.</param>
    /// <param name="gradients">[images, outputs, height, width].</param>
    /// <param name="factors">Where they go: <see cref="WinogradLayout{TFiltering}"/>.</param>
    /// <param name="threads">How many threads work on it.</param>
    public static void OfGradient(WinogradShape shape, TileRange range, float* gradients, float* factors, int threads)
    {
        int columns = shape.TileColumns;
        nint step = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Outputs);
        Each(
            shape,
            range,
            shape.Outputs,
            WinogradLayout<TFiltering>.Result(shape, 0, shape.TileRowsAtOnce(range)).Size,
            factors,
            threads,
            (group, piece, block, target) =>
            {
                var pixels = WinogradLayout<TFiltering>.Result(shape, piece.First, piece.End);
                nint channel = (nint)piece.Image * shape.Outputs + group * Channels;
                pixels.Read(gradients + channel * shape.Height * shape.Width, block);
                for (int y = 0; y < piece.End - piece.First; y++)
                for (int x = 0; x < columns; x++, target += Channels)
                    WinogradTransforms<TFiltering>.ResultBack(
                        block + WinogradLayout<TFiltering>.Place(pixels, y, x),
                        pixels.Row,
                        target,
                        step
                    );
            }
        );
    }

    private delegate void Transform(int group, TileRange.Piece piece, float* block, float* target);

    private static void Each(
        WinogradShape shape,
        TileRange range,
        int channels,
        int block,
        float* factors,
        int threads,
        Transform transform
    )
    {
        int groups = channels / Channels,
            parts = range.PartCount(shape, groups, threads),
            tiles = WinogradLayout<TFiltering>.Tiles(shape, range);
        Work.Each(
            groups * parts,
            block,
            threads,
            (number, memory) =>
            {
                int group = number / parts;
                var part = range.Part(number % parts, parts);
                nint tile = (nint)group * tiles + (nint)(part.First - range.First) * shape.TileColumns;
                foreach (var piece in part.Pieces(shape))
                {
                    transform(group, piece, memory, factors + tile * Channels);
                    tile += (nint)(piece.End - piece.First) * shape.TileColumns;
                }
            }
        );
    }
}

using static MlNetImageTranslation.IMinimalFiltering;

namespace MlNetImageTranslation;

/// <summary>Factors of images: what is multiplied with the factors of weights, or with each other.</summary>
internal static unsafe class WinogradFactors<TFiltering>
    where TFiltering : struct, IMinimalFiltering
{
    private delegate void Transform(int group, TileRange.Piece piece, float* block, float* target);

    /// <summary>Those of what a convolution reads, all phases of it.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="range">The tiles that they are for.</param>
    /// <param name="images">[images, inputs, input height, input width].</param>
    /// <param name="factors">Where they go: <see cref="WinogradLayout{TFiltering}"/>.</param>
    /// <param name="workers">Who works on it.</param>
    public static void OfInput(WinogradShape shape, TileRange range, float* images, float* factors, Workers workers)
    {
        int groups = ChannelGroups.Count(shape.Inputs),
            rows = WinogradLayout<TFiltering>.RowsOfBlock(shape, shape.Stride);
        nint step = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Depth),
            phaseStep = (nint)groups * WinogradLayout<TFiltering>.Tiles(shape, range) * Channels,
            plane = (nint)shape.InputHeight * shape.InputWidth;
        Each(
            shape,
            range,
            groups,
            rows,
            WinogradLayout<TFiltering>.Input(shape, 0, rows).Size,
            factors,
            workers,
            (group, piece, block, target) =>
            {
                var pixels = WinogradLayout<TFiltering>.Input(shape, piece.First, piece.End);
                pixels.Read(
                    images + ((nint)piece.Image * shape.Inputs + group * Channels) * plane,
                    ChannelGroups.ChannelsIn(group, shape.Inputs),
                    block
                );
                if (shape.Reflects)
                    pixels.Reflect(block);
                for (int phase = 0; phase < shape.Phases; phase++)
                {
                    float* place = target + phase * phaseStep;
                    for (int y = 0; y < piece.End - piece.First; y++)
                    for (int x = 0; x < shape.TileColumns; x++, place += Channels)
                        WinogradTransforms<TFiltering>.Input(
                            block + WinogradLayout<TFiltering>.Window(shape, pixels, phase, y, x),
                            shape.Stride * pixels.Row,
                            shape.Stride * Channels,
                            place,
                            step
                        );
                }
            }
        );
    }

    /// <summary>Those of the gradient of a convolution's result, which is what its transpose reads.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="range">The tiles that they are for.</param>
    /// <param name="gradients">[images, outputs, height, width].</param>
    /// <param name="factors">Where they go: <see cref="WinogradLayout{TFiltering}"/>.</param>
    /// <param name="workers">Who works on it.</param>
    public static void OfGradient(
        WinogradShape shape,
        TileRange range,
        float* gradients,
        float* factors,
        Workers workers
    )
    {
        int rows = WinogradLayout<TFiltering>.RowsOfBlock(shape, 1);
        nint step = WinogradLayout<TFiltering>.FactorStep(shape, range, shape.Breadth),
            plane = (nint)shape.Height * shape.Width;
        Each(
            shape,
            range,
            ChannelGroups.Count(shape.Outputs),
            rows,
            WinogradLayout<TFiltering>.Result(shape, 0, rows).Size,
            factors,
            workers,
            (group, piece, block, target) =>
            {
                var pixels = WinogradLayout<TFiltering>.Result(shape, piece.First, piece.End);
                pixels.Read(
                    gradients + ((nint)piece.Image * shape.Outputs + group * Channels) * plane,
                    ChannelGroups.ChannelsIn(group, shape.Outputs),
                    block
                );
                for (int y = 0; y < piece.End - piece.First; y++)
                for (int x = 0; x < shape.TileColumns; x++, target += Channels)
                    WinogradTransforms<TFiltering>.ResultBack(
                        block + WinogradLayout<TFiltering>.Tile(pixels, y, x),
                        pixels.Row,
                        target,
                        step
                    );
            }
        );
    }

    private static void Each(
        WinogradShape shape,
        TileRange range,
        int groups,
        int rows,
        int block,
        float* factors,
        Workers workers,
        Transform transform
    )
    {
        int parts = range.PartCount(shape, groups, workers.Count),
            tiles = WinogradLayout<TFiltering>.Tiles(shape, range);
        workers.Each(
            groups * parts,
            block,
            (number, memory) =>
            {
                int group = number / parts;
                var part = range.Part(number % parts, parts);
                nint tile = (nint)group * tiles + (nint)(part.First - range.First) * shape.TileColumns;
                foreach (var piece in part.Pieces(shape, rows))
                {
                    transform(group, piece, memory, factors + tile * Channels);
                    tile += (nint)(piece.End - piece.First) * shape.TileColumns;
                }
            }
        );
    }
}

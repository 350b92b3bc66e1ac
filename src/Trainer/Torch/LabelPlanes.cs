using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>Label planes in torch.</summary>
internal static class LabelPlanes
{
    /// <summary>The planes of label images [N, 3 or 6, H, W].</summary>
    public static Tensor Of(LabelPlanesLayer layer, Tensor images)
    {
        using var unrecorded = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var levels = images.Plus(1).Times(127.5).round();
        var colors = layer.Distances();
        var distance = NumberArithmetic.Sum([
            Channel(0) * Column(color => color.Red),
            Channel(1) * Column(color => color.Green),
            Channel(2) * Column(color => color.Blue),
            Column(color => color.Offset),
        ]);
        // Not torch.arange: nothing keeps its numbers alive (see NumberArithmetic).
        long[] places = [.. Enumerable.Range(0, layer.Colors.Length).Select(i => (long)i)];
        var numbers = torch.tensor(places, [1, places.Length, 1, 1]).to(images.device);
        var planes = distance.argmin(1, keepdim: true).eq(numbers).to_type(torch.ScalarType.Float32);
        if (layer.Edges)
            planes = torch.cat([planes, Edges(levels)], 1);
        return planes.MoveToOuterDisposeScope();

        Tensor Channel(int channel) => levels.narrow(1, channel, 1);

        Tensor Column(Func<(float Red, float Green, float Blue, float Offset), float> part) =>
            torch.tensor(Array.ConvertAll(colors, color => part(color)), [1, colors.Length, 1, 1]).to(images.device);
    }

    private static Tensor Edges(Tensor levels)
    {
        var key = levels
            .narrow(1, 3, 1)
            .Times(65536)
            .Plus(levels.narrow(1, 4, 1).Times(256))
            .Plus(levels.narrow(1, 5, 1));
        long height = key.shape[2],
            width = key.shape[3];
        var padded = functional.pad(key, [1, 1, 1, 1], PaddingModes.Replicate);
        return Differs(0, 1)
            .logical_or(Differs(1, 0))
            .logical_or(Differs(1, 2))
            .logical_or(Differs(2, 1))
            .to_type(torch.ScalarType.Float32);

        Tensor Differs(int y, int x) => padded.narrow(2, y, height).narrow(3, x, width).ne(key);
    }
}

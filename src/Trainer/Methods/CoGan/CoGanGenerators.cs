using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>CoGAN's two generators, and translation with them.</summary>
/// <param name="options">The run's options.</param>
/// <param name="shared">From noise to features.</param>
/// <param name="a">From features to A images.</param>
/// <param name="b">From features to B images.</param>
/// <param name="mode">How they are run.</param>
internal sealed class CoGanGenerators(
    CoGanTrainer.Options options,
    TorchNetwork shared,
    TorchNetwork a,
    TorchNetwork b,
    ForwardMode mode
)
{
    /// <summary>Finds images again, and makes the others of the same noise.</summary>
    /// <param name="images">Images of the training size.</param>
    /// <param name="direction">From A to B, or from B to A.</param>
    /// <returns>For each image: what was found of it, and its translation.</returns>
    public IReadOnlyList<(RgbImage Found, RgbImage Translated)> Translate(
        IReadOnlyList<RgbImage> images,
        TranslationDirection direction
    )
    {
        var (from, to) = direction == TranslationDirection.AtoB ? (a, b) : (b, a);
        using var scope = torch.NewDisposeScope();
        var noise = new NoiseSearch(options).Find(ToTensor(images, from), noise => Make(noise, from));
        using var unrecorded = torch.no_grad();
        var features = shared.Forward(noise, mode, constant: true);
        var found = from.Forward(features, mode, constant: true);
        var translated = to.Forward(features, mode, constant: true);
        return
        [
            .. Enumerable
                .Range(0, images.Count)
                .Select(i =>
                    (ImageTensor.ToImage(found.narrow(0, i, 1)), ImageTensor.ToImage(translated.narrow(0, i, 1)))
                ),
        ];
    }

    private Tensor Make(Tensor noise, TorchNetwork head) =>
        head.Forward(shared.Forward(noise, mode, constant: true), mode, constant: true);

    private static Tensor ToTensor(IReadOnlyList<RgbImage> images, TorchNetwork head) =>
        torch.cat([.. images.Select(image => ImageTensor.ToTensor(image, head.Graph.Output.Channels, head.Device))]);
}

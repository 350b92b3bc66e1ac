namespace MlNetImageTranslation.Trainer;

/// <summary>The tie by features: VGG16 should see in the output what it sees in the input.</summary>
internal sealed class FeatureTie(string vggWeights, Device device, double weight) : ContentTie
{
    private readonly PerceptualLoss _distance = new(vggWeights, device, PerceptualLoss.Relu42);

    public override IReadOnlyList<LossTerm> Terms { get; } = [LossTerm.Generator("g_features")];

    public override Tensor[] Losses(OneSidedImages images) =>
        [_distance.Of(images.Translated, images.Source).Times((float)weight)];

    public override void Dispose() => _distance.Dispose();
}

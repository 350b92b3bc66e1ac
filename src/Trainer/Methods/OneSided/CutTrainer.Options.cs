namespace MlNetImageTranslation.Trainer;

public sealed partial class CutTrainer
{
    /// <summary>
    /// How CUT is trained. The defaults are the reference's; FastCUT's are set by <see cref="Options.UseFastCut"/>.
    /// </summary>
    public sealed class Options : OneSidedOptions
    {
        /// <summary>The reference's choices.</summary>
        public Options()
        {
            Generator = NetworkCatalog.ResNet9Antialiased;
            Discriminator = NetworkCatalog.PatchAntialiased;
            Initialization = InitializationKind.Xavier;
            Epochs = 200;
            DecayEpochs = 200;
        }

        /// <summary>Weight of the contrastive loss (<c>--lambda_NCE</c>).</summary>
        public double ContrastWeight { get; set; } = 1;

        /// <summary>
        /// Whether target images should stay as they are, by the same contrastive loss; the generator then learns from
        /// the mean of both (<c>--nce_idt</c>).
        /// </summary>
        public bool IdentityContrast { get; set; } = true;

        /// <summary>
        /// Whether half of all steps mirror the generator's input and compare with the features of the input as it was
        /// (<c>--flip_equivariance</c>).
        /// </summary>
        public bool MirrorEquivariance { get; set; }

        /// <summary>
        /// The generator's layers whose features are compared, 0 and up: positions in the sequence of its layers, in
        /// which a residual block counts as one (<c>--nce_layers</c>). Null: the reference's 0, 4, 8, 12, 16.
        /// </summary>
        // Not the list itself: configuration adds its values to those of a list that is there.
        public IReadOnlyList<int>? ContrastLayers { get; set; }

        /// <summary>Patches that are compared in every layer, 1 or more (<c>--num_patches</c>).</summary>
        public int Patches { get; set; } = 256;

        /// <summary>Values of a projected feature, and of the layer before, 1 or more (<c>--netF_nc</c>).</summary>
        public int ProjectionFilters { get; set; } = 256;

        /// <summary>What similarities are divided by, above 0 (<c>--nce_T</c>).</summary>
        public double Temperature { get; set; } = 0.07;

        /// <summary>
        /// Whether a patch is told from the patches of all images of the batch, and not of its own image only
        /// (<c>--nce_includes_all_negatives_from_minibatch</c>). Both are the same at batch size 1.
        /// </summary>
        public bool BatchNegatives { get; set; }

        internal IReadOnlyList<int> ContrastLayersOrDefault => ContrastLayers ?? [0, 4, 8, 12, 16];

        internal override TrainerKind Trainer => TrainerKind.Cut;

        internal override void FillDefaults()
        {
            base.FillDefaults();
            ContrastLayers = ContrastLayersOrDefault;
        }

        /// <inheritdoc/>
        public override void Validate()
        {
            RequireWeight(ContrastWeight, nameof(ContrastWeight));
            Require(Patches >= 1, nameof(Patches), "1 or more", Patches);
            RequireFilters(ProjectionFilters, nameof(ProjectionFilters));
            Require(
                Temperature is > 0 and < double.PositiveInfinity,
                nameof(Temperature),
                "a number above 0",
                Temperature
            );
            Require(
                ContrastLayers is null
                    || (
                        ContrastLayers.Count > 0
                        && ContrastLayers.Distinct().Count() == ContrastLayers.Count
                        && ContrastLayers.All(number => number >= 0)
                    ),
                nameof(ContrastLayers),
                "different numbers of layers, 0 and up",
                ContrastLayers is null ? null : string.Join(", ", ContrastLayers)
            );
            RequireSameChannels("the generator's encoder reads its output");
            base.Validate();
        }

        internal override IReadOnlyList<(string Name, NetworkGraph Graph)> CreateNetworks()
        {
            var networks = base.CreateNetworks();
            var generator = networks[0].Graph;
            var shapes = generator.Shapes(generator.Input);
            return
            [
                .. networks,
                .. SequentialLayers
                    .Names(generator, ContrastLayersOrDefault)
                    .Select(
                        (layer, place) =>
                            (
                                PatchContrastTie.HeadName(place),
                                ProjectionHead.Create(shapes[layer].Channels, ProjectionFilters)
                            )
                    ),
            ];
        }

        internal override ContentTie CreateTie(TorchNetwork generator) =>
            new PatchContrastTie(
                this,
                generator,
                [
                    .. CreateNetworks()
                        .Where(network => network.Name.StartsWith("projection_", StringComparison.Ordinal))
                        .Select(
                            (network, place) =>
                                InitialNetwork.Create(
                                    network.Graph,
                                    this,
                                    RandomStream.Projection,
                                    null,
                                    generator.Device,
                                    place
                                )
                        ),
                ]
            );

        /// <summary>
        /// FastCUT: a contrastive loss of weight 10 without the identity's, mirrored steps, 150 epochs and 50 of decay.
        /// Half as many images go through the generator in a step.
        /// </summary>
        public void UseFastCut()
        {
            ContrastWeight = 10;
            IdentityContrast = false;
            MirrorEquivariance = true;
            Epochs = 150;
            DecayEpochs = 50;
        }
    }
}

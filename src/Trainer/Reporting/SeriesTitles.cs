namespace MlNetImageTranslation.Trainer;

/// <summary>What the report calls losses, scores and speeds, which have short names in the logs.</summary>
internal static class SeriesTitles
{
    private static readonly Dictionary<string, string> s_titles = new()
    {
        ["d_real"] = "Discriminator, real images",
        ["d_fake"] = "Discriminator, generated images",
        ["g_gan"] = "Generator, adversarial",
        ["g_l1"] = "Generator, L1 (weighted)",
        ["g_l2"] = "Generator, L2 (weighted)",
        ["g_features"] = "Generator, feature matching",
        ["g_self"] = "Generator, distance to the input (weighted)",
        ["g_nce"] = "Generator, PatchNCE (weighted)",
        ["g_nce_identity"] = "Generator, PatchNCE of target images (weighted)",
        ["g_structure"] = "Generator, structure",
        ["g_perceptual"] = "Generator, perceptual",
        ["g_variation"] = "Generator, total variation",
        ["d_a"] = "Discriminator of translations A to B",
        ["g_a"] = "Generator A to B, adversarial",
        ["cycle_a"] = "Cycle A to B to A",
        ["idt_a"] = "Generator A to B, identity",
        ["d_b"] = "Discriminator of translations B to A",
        ["g_b"] = "Generator B to A, adversarial",
        ["cycle_b"] = "Cycle B to A to B",
        ["idt_b"] = "Generator B to A, identity",
        ["d_ab"] = "Discriminator, pairs of A and its translation",
        ["g_ab"] = "Generator A to B, adversarial",
        ["d_ba"] = "Discriminator, pairs of B and its translation",
        ["g_ba"] = "Generator B to A, adversarial",
        ["l1"] = "L1, in levels (lower is better)",
        ["psnr"] = "PSNR, in dB (higher is better)",
        ["ssim"] = "SSIM (higher is better)",
        ["images_per_second"] = "Images per second",
        ["data_wait"] = "Share of time waiting for images",
    };

    // Losses whose names mean something else in runs of other trainers.
    private static readonly Dictionary<(string Trainer, string Loss), string> s_titlesOfTrainer = new()
    {
        [("feature-gan", "g_features")] = "Generator, distance of features to the input (weighted)",
        [("cogan", "d_real_a")] = "Discriminator A, real images",
        [("cogan", "d_real_b")] = "Discriminator B, real images",
        [("cogan", "d_fake_a")] = "Discriminator A, generated images",
        [("cogan", "d_fake_b")] = "Discriminator B, generated images",
        [("cogan", "g_a")] = "Generator A, adversarial",
        [("cogan", "g_b")] = "Generator B, adversarial",
    };

    /// <summary>The title of a series; its own name where it has none.</summary>
    /// <param name="name">Its name in the log.</param>
    /// <param name="trainer">Whose log it is; empty where that does not matter.</param>
    public static string Of(string name, string trainer) =>
        s_titlesOfTrainer.GetValueOrDefault((trainer, name)) ?? s_titles.GetValueOrDefault(name, name);
}

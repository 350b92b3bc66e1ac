using MlNetImageTranslation.Trainer;

namespace Microsoft.ML;

/// <summary>
/// The trainers of image-to-image translation as estimators, in the short form. <see cref="ImageTranslationTrainers"/>
/// has the same with defaults for everything but the columns.
/// </summary>
public static class TranslationTrainersCatalog
{
    /// <summary>
    /// Learns to translate images from pairs in two columns, by pix2pix:
    /// <c>mlContext.Transforms.TranslateImage(new Pix2PixTrainer.Options { SourceColumnName = "Photo", TargetColumnName
    /// = "Map", OutputColumnName = "Translated" })</c>.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public static Pix2PixTrainer TranslateImage(this TransformsCatalog catalog, Pix2PixTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(catalog), options);
    }

    /// <summary>
    /// Learns to translate images without pairs, both ways, by CycleGAN: source images are a column of the data that is
    /// fitted, target images a column of <see cref="UnpairedOptions.TargetData"/>.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public static CycleGanTrainer TranslateImage(this TransformsCatalog catalog, CycleGanTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(catalog), options);
    }

    /// <summary>
    /// Learns to translate images without pairs, both ways, by BiGAN: source images are a column of the data that is
    /// fitted, target images a column of <see cref="UnpairedOptions.TargetData"/>.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public static BiGanTrainer TranslateImage(this TransformsCatalog catalog, BiGanTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(catalog), options);
    }

    /// <summary>
    /// Learns to translate images without pairs, one way, by CUT: source images are a column of the data that is
    /// fitted, target images a column of <see cref="UnpairedOptions.TargetData"/>.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public static CutTrainer TranslateImage(this TransformsCatalog catalog, CutTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(catalog), options);
    }

    /// <summary>
    /// Learns to translate images without pairs, one way, by SimGAN: source images are a column of the data that is
    /// fitted, target images a column of <see cref="UnpairedOptions.TargetData"/>.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public static SimGanTrainer TranslateImage(this TransformsCatalog catalog, SimGanTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(catalog), options);
    }

    /// <summary>
    /// Learns to translate images without pairs, one way, by a feature loss and a GAN: source images are a column of
    /// the data that is fitted, target images a column of <see cref="UnpairedOptions.TargetData"/>.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public static FeatureGanTrainer TranslateImage(this TransformsCatalog catalog, FeatureGanTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(catalog), options);
    }

    /// <summary>
    /// Learns to translate images from pairs in two columns by a distance alone, without a discriminator.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="options">Columns and how to train; later changes of it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public static RegressionTrainer TranslateImage(this TransformsCatalog catalog, RegressionTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new(TrainingHost.Of(catalog), options);
    }

    extension(ImageTranslationTaskCatalog catalog)
    {
        /// <summary>
        /// The trainers: <c>mlContext.ImageTranslation.Trainers.Pix2Pix("Map", "Photo")</c>. In F# and in C# before 14
        /// it is the method <see cref="GetTrainers"/>.
        /// </summary>
        public ImageTranslationTrainers Trainers => new(catalog.Context);
    }

    /// <summary>The trainers, for languages without extension properties.</summary>
    /// <param name="catalog">Image-to-image translation of a context.</param>
    public static ImageTranslationTrainers GetTrainers(this ImageTranslationTaskCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Context);
    }
}

namespace Microsoft.ML;

// The way from image-to-image translation to its trainers.
public static partial class TranslationTrainersCatalog
{
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

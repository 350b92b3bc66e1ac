namespace Microsoft.ML;

/// <summary>The way from a context to image-to-image translation.</summary>
public static class ImageTranslationTask
{
    extension(MLContext mlContext)
    {
        /// <summary>
        /// Image-to-image translation: <c>mlContext.ImageTranslation.Evaluate(data)</c>. In F# and in C# before 14 it
        /// is the method <see cref="GetImageTranslation"/>.
        /// </summary>
        public ImageTranslationTaskCatalog ImageTranslation => new(mlContext);
    }

    /// <summary>Image-to-image translation, for languages without extension properties.</summary>
    /// <param name="mlContext">The context.</param>
    public static ImageTranslationTaskCatalog GetImageTranslation(this MLContext mlContext) => new(mlContext);
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The translation as a chain of ML.NET's own transformers for images of one size: [LoadImages] - [ResizeImages] -
/// ExtractPixels - ApplyOnnxModel - ConvertToImage - [ResizeImages]. Bytes from end to end, so nothing is rounded
/// twice; padding and cropping are inside the model.
/// </summary>
internal sealed class StockChain : IDisposable
{
    private readonly ImageTranslationOptions _options;
    private readonly TranslationEngine _engine;
    private readonly DirectoryInfo _folder;
    private readonly TransformerChain<ITransformer> _chain;

    /// <exception cref="InvalidOperationException">Neither the column nor the options nor the model give a
    /// size.</exception>
    public StockChain(
        TransformsCatalog catalog,
        HostAccess host,
        ImageTranslationOptions options,
        TranslationEngine engine,
        DataViewType input
    )
    {
        (_options, _engine) = (options, engine);
        if (options.KeepColors)
            throw new NotSupportedException(
                $"ML.NET's transformers cannot give a gray result its colours back, so a pipeline with "
                    + $"{nameof(ImageTranslationOptions.KeepColors)} cannot be saved."
            );
        if (options.KeepAlpha)
            throw new NotSupportedException(
                $"ML.NET's transformers lose transparency, so a pipeline with "
                    + $"{nameof(ImageTranslationOptions.KeepAlpha)} cannot be saved."
            );
        if (engine.ReadsInstances)
            throw new NotSupportedException(
                "ML.NET's transformers feed a model one image a tensor, and this model reads the pixels of label image "
                    + $"and instance image in one, so a pipeline with "
                    + $"{nameof(ImageTranslationOptions.InstanceColumnName)} cannot be saved. Keep the ONNX file "
                    + "and make the pipeline anew."
            );
        if (input is VectorDataViewType)
            throw new NotSupportedException(
                "ML.NET has no transformer that decodes the content of image files, so a pipeline that translates "
                    + $"column '{options.Input}' of bytes cannot be saved. Save one that translates paths, or keep the "
                    + "ONNX file and make the pipeline anew."
            );
        var own = TranslationBinding.SizeOf(input);
        var size = ChainSize(own);
        string prefix =
            $"imt_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.OutputColumnName}\n{size}")))[..12]}";
        string loaded = input is TextDataViewType ? $"{prefix}_loaded" : options.Input,
            resized = $"{prefix}_resized",
            pixels = $"{prefix}_image",
            translated = $"{prefix}_translated";
        string source = own == size ? loaded : resized;
        _folder = Directory.CreateTempSubdirectory("imt-save-");
        try
        {
            string file = Path.Combine(_folder.FullName, "model.onnx");
            WriteModel(file, size, pixels, translated);
            List<string> temporary = [pixels, translated];
            var estimators = new EstimatorChain<ITransformer>();
            if (loaded != options.Input)
            {
                temporary.Add(loaded);
                host.Warning(OrientationWarning());
                estimators = estimators.Append<ITransformer>(catalog.LoadImages(loaded, null, options.Input));
            }
            if (own != size)
            {
                temporary.Add(resized);
                host.Warning(ResizeWarning(own, size));
                estimators = estimators.Append<ITransformer>(
                    catalog.ResizeImages(
                        resized,
                        size.Width,
                        size.Height,
                        loaded,
                        ImageResizingEstimator.ResizingKind.Fill
                    )
                );
            }
            estimators = estimators
                .Append<ITransformer>(
                    catalog.ExtractPixels(pixels, source, interleavePixelColors: true, outputAsFloatArray: false)
                )
                .Append<ITransformer>(catalog.ApplyOnnxModel(translated, pixels, file, fallbackToCpu: true))
                .Append<ITransformer>(
                    catalog.ConvertToImage(
                        size.Height * engine.Sizes.Scale,
                        size.Width * engine.Sizes.Scale,
                        options.OutputColumnName,
                        translated,
                        interleavedColors: true
                    )
                );
            if (own is { } known && engine.ResultSize(known) is var result && result != size * engine.Sizes.Scale)
                estimators = estimators.Append<ITransformer>(
                    catalog.ResizeImages(
                        options.OutputColumnName,
                        result.Width,
                        result.Height,
                        options.OutputColumnName,
                        ImageResizingEstimator.ResizingKind.Fill
                    )
                );
            estimators = estimators.Append<ITransformer>(catalog.DropColumns([.. temporary]));
            _chain = estimators.Fit(new EmptyImageView(options.Input, input));
        }
        catch
        {
            _folder.Delete(true);
            throw;
        }
    }

    /// <summary>Writes the chain where the transformer would have written itself.</summary>
    public void Save(ModelSaveContext context) => ((ICanSaveModel)_chain).Save(context);

    public void Dispose()
    {
        ((IDisposable)_chain).Dispose();
        _folder.Delete(true);
    }

    private ImageSize ChainSize(ImageSize? own) =>
        _engine.FedSize(
            own
                ?? _options.SavedSize
                ?? _engine.TrainingSize
                ?? throw new InvalidOperationException(
                    $"A saved pipeline translates images of one size, but column '{_options.Input}' has no size and "
                        + $"the model does not say what it was trained on. Set "
                        + $"{nameof(ImageTranslationOptions)}.{nameof(ImageTranslationOptions.SavedSize)}."
                )
        );

    private string OrientationWarning() =>
        $"The saved pipeline loads the paths of column '{_options.Input}' with ML.NET's LoadImages, which ignores the "
        + "Exif orientation of photos.";

    private string ResizeWarning(ImageSize? own, ImageSize size) =>
        $"The saved pipeline resizes the images of column '{_options.Input}' "
        + $"({(own is { } known ? $"{known.Width}x{known.Height}" : "of any size")}) to {size.Width}x{size.Height} "
        + $"with ML.NET's ResizeImages, which takes the nearest pixel: what it makes of images of other sizes "
        + $"differs from what this pipeline makes now.";

    private void WriteModel(string file, ImageSize size, string inputName, string outputName)
    {
        var padding = _engine.Padding(size);
        using var model = _engine.Model.Open();
        File.WriteAllBytes(
            file,
            ModelRewriter.Adapt(
                model.Span,
                _engine.Model.Pixels,
                inputName,
                outputName,
                size,
                new(padding.PaddedWidth, padding.PaddedHeight),
                _engine.Scale,
                _engine.Reduction
            )
        );
    }
}

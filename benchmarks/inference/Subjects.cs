using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Benchmarks.Inference;

/// <summary>Everything that is compared, over the same model and images of the same size.</summary>
internal static class Subjects
{
    /// <summary>The peer at its settings, then ours, then ML.NET's own chain.</summary>
    public static List<Subject> All(
        string model,
        string folder,
        string[] files,
        int side,
        int batch,
        TranslationDevice device
    )
    {
        bool cuda = device == TranslationDevice.Cuda;
        // A GPU runs one image after another; two callers hide the copies of one behind the other's run.
        int cores = cuda ? 2 : Environment.ProcessorCount,
            count = files.Length;
        var images = files.Select(file => ImageDecoder.Decode(file)).ToList();
        var apart = new BareRuntime(model, cores, 1, batch, side, cuda);
        var together = new BareRuntime(model, 1, cores, batch, side, cuda);
        var engine = new TranslationEngine(model, Options(batch, device));
        var direct = new TranslationEngine(
            model,
            Options(batch, device) with
            {
                ConvolutionAlgorithm = ConvolutionAlgorithm.Direct,
            }
        );
        var single = new TranslationEngine(
            model,
            Options(1, device) with
            {
                Scheduling = TranslationScheduling.Latency,
            }
        );
        return
        [
            new(
                $"e bare runtime, {cores} callers x 1 thread",
                count / batch / cores * batch * cores,
                () => apart.Run(count)
            )
            {
                Resource = apart,
            },
            new($"e bare runtime, 1 caller x {cores} threads", count / batch * batch, () => together.Run(count))
            {
                Resource = together,
            },
            new("a engine, images in memory", count, () => engine.Translate(images)) { Resource = engine },
            new("a engine, direct convolutions", count, () => direct.Translate(images)) { Resource = direct },
            new($"f engine, one image at a time on {cores} threads", count, () => OneByOne(single, images))
            {
                Resource = single,
            },
            Pipeline(model, files, batch, device),
            Folder(model, folder, count, batch, device),
            .. Stock(model, folder, files, side, device),
        ];
    }

    /// <summary>What b does beside the model: reading and decoding, on one thread.</summary>
    public static Subject Loading(string[] files)
    {
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable(files.Select(file => new FileRow { File = file }).ToList());
        var loaded = context.Transforms.LoadImages("Photo", "", "File").Fit(data).Transform(data);
        return new("LoadImages alone", files.Length, () => Drain(loaded, "Photo"));
    }

    /// <summary>What c does beside the model: decoding JPEG, encoding and writing PNG, on one thread.</summary>
    public static Subject Coding(string folder, string[] files)
    {
        string output = Directory.CreateDirectory(Path.Combine(folder, "..", "coded")).FullName;
        return new(
            "JPEG to PNG alone",
            files.Length,
            () =>
            {
                foreach (string file in files)
                    ImageEncoder.Save(
                        ImageDecoder.Decode(file),
                        Path.Combine(output, Path.GetFileNameWithoutExtension(file) + ".png")
                    );
            }
        );
    }

    private static void OneByOne(TranslationEngine engine, IEnumerable<RgbImage> images)
    {
        foreach (var image in images)
            engine.Translate(image);
    }

    private static TranslationEngineOptions Options(int batch, TranslationDevice device) =>
        new()
        {
            Device = device,
            Scheduling = TranslationScheduling.Throughput,
            BatchSize = batch,
        };

    private static Subject Pipeline(string model, string[] files, int batch, TranslationDevice device)
    {
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable(files.Select(file => new FileRow { File = file }).ToList());
        var chain = context
            .Transforms.LoadImages("Photo", "", "File")
            .Append(
                context.Transforms.TranslateImage(
                    new ImageTranslationOptions
                    {
                        OutputColumnName = "Map",
                        InputColumnName = "Photo",
                        ModelFile = model,
                        Device = device,
                        Scheduling = TranslationScheduling.Throughput,
                        BatchSize = batch,
                    }
                )
            )
            .Fit(data);
        return new("b LoadImages + TranslateImage", files.Length, () => Drain(chain.Transform(data), "Map"))
        {
            Resource = chain,
        };
    }

    private static Subject Folder(string model, string folder, int count, int batch, TranslationDevice device)
    {
        var engine = new TranslationEngine(model, Options(batch, device));
        string output = Path.Combine(folder, "..", "translated");
        return new(
            "c imt translate, JPEG folder to PNG folder",
            count,
            () => new FolderTranslator(engine).Translate(folder, output)
        )
        {
            Resource = engine,
        };
    }

    // What the transformer itself is saved as: ML.NET's parts, one run for each row. Once more with PNG files, as c
    // has.
    private static Subject[] Stock(string model, string folder, string[] files, int side, TranslationDevice device)
    {
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable(files.Select(file => new FileRow { File = file }).ToList());
        using var ours = context
            .Transforms.LoadImages("Photo", "", "File")
            .Append(context.Transforms.ResizeImages("Photo", side, side))
            .Append(
                context.Transforms.TranslateImage(
                    new ImageTranslationOptions
                    {
                        OutputColumnName = "Map",
                        InputColumnName = "Photo",
                        ModelFile = model,
                        Device = device,
                    }
                )
            )
            .Fit(data);
        string zip = Path.Combine(folder, "..", "stock.zip");
        context.Model.Save(ours, data.Schema, zip);
        if (device == TranslationDevice.Cuda)
        {
            context.GpuDeviceId = 0;
        }
        var stock = context.Model.Load(zip, out _);
        string output = Directory.CreateDirectory(Path.Combine(folder, "..", "stock")).FullName;
        return
        [
            new(
                "d LoadImages, ResizeImages, ExtractPixels, ApplyOnnxModel, ConvertToImage",
                files.Length,
                () => Drain(stock.Transform(data), "Map")
            )
            {
                Resource = stock as IDisposable,
            },
            new("d and MLImage.Save to PNG files", files.Length, () => Drain(stock.Transform(data), "Map", output)),
        ];
    }

    private static void Drain(IDataView view, string column, string? folder = null)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema[column]);
        while (cursor.MoveNext())
        {
            MLImage image = null!;
            getter(ref image);
            if (folder is not null)
                image.Save(Path.Combine(folder, $"{cursor.Position}.png"));
            image.Dispose();
        }
    }

    private sealed class FileRow
    {
        public string File { get; set; } = "";
    }
}

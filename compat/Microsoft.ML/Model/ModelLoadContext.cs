using System.IO.Compression;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>One folder of a model file that is being read.</summary>
internal sealed class ModelLoadContext
{
    private readonly ZipArchive _archive;
    private readonly string _folder;

    private ModelLoadContext(ZipArchive archive, string folder, JsonNode data)
    {
        _archive = archive;
        _folder = folder;
        Data = data;
    }

    public JsonNode Data { get; }

    public byte[] LoadBytes(string name)
    {
        var entry = _archive.GetEntry(_folder + "/" + name) ?? throw new FormatException($"The model file has no entry '{_folder}/{name}'.");
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public ITransformer LoadNested(IHostEnvironment env, string name) => Load(env, _archive, _folder + "/" + name);

    public static ITransformer Load(IHostEnvironment env, ZipArchive archive, string folder)
    {
        var model = JsonNode.Parse(new ModelLoadContext(archive, folder, null).LoadBytes(ModelSaveContext.EntryName));
        var signature = model["loader"].GetValue<string>();
        var assembly = Assembly.Load(model["assembly"].GetValue<string>());
        var loader = assembly.GetCustomAttributes<ModelLoaderAttribute>().FirstOrDefault(a => a.Signature == signature)
            ?? throw new FormatException($"No loader of '{signature}' in {assembly}.");
        var load = loader.Type.GetMethod("Load", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        // Exceptions come wrapped once for every level of nesting, as from ML.NET's component catalog.
        return (ITransformer)load.Invoke(null, [env, new ModelLoadContext(archive, folder, model["data"])]);
    }
}

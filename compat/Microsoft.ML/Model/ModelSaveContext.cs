using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>One folder of a model file under construction: a JSON entry, attachments, nested models.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string EntryName = "Model.json";
    private readonly ZipArchive _archive;
    private readonly string _folder;
    private JsonObject _model;

    internal ModelSaveContext(ZipArchive archive, string folder)
    {
        _archive = archive;
        _folder = folder;
    }

    /// <summary>Says what this folder holds; every model says it once.</summary>
    internal void SetModel(string signature, JsonObject data, string assembly = "Microsoft.ML")
    {
        Contracts.Check(_model == null, "The model's signature is set already.");
        _model = new JsonObject { ["loader"] = signature, ["assembly"] = assembly, ["data"] = data };
    }

    internal void SaveBytes(string name, byte[] bytes)
    {
        using var stream = _archive.CreateEntry(_folder + "/" + name).Open();
        stream.Write(bytes);
    }

    internal void SaveNested(ICanSaveModel model, string name) => Save(_archive, model, _folder + "/" + name);

    internal static void Save(ZipArchive archive, ICanSaveModel model, string folder)
    {
        using var context = new ModelSaveContext(archive, folder);
        model.Save(context);
        Contracts.Check(context._model != null, "ModelSignature not specified!");
        context.SaveBytes(EntryName, Encoding.UTF8.GetBytes(context._model.ToJsonString()));
    }

    public void Dispose() { }
}

using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>model.zip in a format of our own: it does not interchange with the real ML.NET's, and says so.</summary>
internal static class ModelFile
{
    private const string Folder = "TransformerChain";
    private const string SchemaName = "Schema.json";
    private const string NoteName = "README.txt";
    private const string Note = "Written by the compat build of Microsoft.ML (MlNetImageTranslation, Packages=compat). The real ML.NET cannot read this file; save the model with -p:Packages=nuget for that.";

    public static void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteText(archive, NoteName, Note);
        ModelSaveContext.Save(archive, model, Folder);
        if (inputSchema != null) WriteText(archive, SchemaName, SchemaFile.Write(inputSchema));
    }

    public static ITransformer Load(IHostEnvironment env, Stream stream, out DataViewSchema inputSchema)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.GetEntry(Folder + "/" + ModelSaveContext.EntryName) == null)
        {
            if (archive.Entries.Any(e => Path.GetFileName(e.FullName.Replace('\\', '/')) == "Model.key"))
                throw new NotSupportedException("This model file was written by the real ML.NET; the compat build of Microsoft.ML reads only its own. Build with -p:Packages=nuget (Microsoft.ML 5.0.0) to load it.");
            throw Contracts.Except("Could not load legacy format model");
        }
        inputSchema = archive.GetEntry(SchemaName) is { } entry ? SchemaFile.Read(ReadText(entry)) : null;
        return ModelLoadContext.Load(env, archive, Folder);
    }

    private static void WriteText(ZipArchive archive, string name, string text)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string ReadText(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}

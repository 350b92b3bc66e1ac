using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The input schema in a model file: names and types; columns of custom types (images) are left out, as in ML.NET.</summary>
internal static class SchemaFile
{
    public static string Write(DataViewSchema schema)
        => new JsonArray(schema.Where(c => TypeOf(c.Type) != null).Select(c => (JsonNode)new JsonArray(c.Name, TypeOf(c.Type))).ToArray()).ToJsonString();

    public static DataViewSchema Read(string json)
        => DataViewSchema.Of(JsonNode.Parse(json).AsArray().Select(c => new DataViewSchema.DetachedColumn(c[0].GetValue<string>(), Parse(c[1]))));

    private static JsonObject TypeOf(DataViewType type) => type switch
    {
        KeyDataViewType key => new JsonObject { ["item"] = PrimitiveTypes.FromRawType(key.RawType).ToString(), ["key"] = key.Count },
        VectorDataViewType vector when TypeOf(vector.ItemType) is { } item => With(item, vector.Dimensions),
        PrimitiveDataViewType primitive when PrimitiveTypes.FromName(primitive.ToString()) != null => new JsonObject { ["item"] = primitive.ToString() },
        _ => null,
    };

    private static JsonObject With(JsonObject item, IEnumerable<int> dimensions)
    {
        item["dimensions"] = new JsonArray(dimensions.Select(d => (JsonNode)d).ToArray());
        return item;
    }

    private static DataViewType Parse(JsonNode node)
    {
        var item = PrimitiveTypes.FromName(node["item"].GetValue<string>()) ?? throw new FormatException($"Unknown column type {node["item"]} in the model file.");
        if (node["key"] is { } key) item = new KeyDataViewType(item.RawType, key.GetValue<ulong>());
        return node["dimensions"] is { } dimensions ? new VectorDataViewType(item, dimensions.AsArray().Select(d => d.GetValue<int>()).ToArray()) : item;
    }
}

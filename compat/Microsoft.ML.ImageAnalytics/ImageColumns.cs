using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

internal static class ImageColumns
{
    /// <summary>An input column of images, of any size.</summary>
    public static SchemaShape.Column Find(SchemaShape inputSchema, string name)
    {
        if (!inputSchema.TryFindColumn(name, out var column)) throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name);
        if (column.ItemType is not ImageDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name, new ImageDataViewType().ToString(), column.GetTypeString());
        return column;
    }

    public static ImageDataViewType Check(DataViewSchema inputSchema, int column)
        => inputSchema[column].Type as ImageDataViewType
            ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", inputSchema[column].Name, "image", inputSchema[column].Type.ToString());
}

using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition() { }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    /// <summary>A column by its name, not by its member's.</summary>
    public Column this[string columnName]
    {
        get => Find(c => c.ColumnName == Contracts.CheckValue(columnName, nameof(columnName)))
            ?? throw Contracts.ExceptParam(nameof(columnName), $"Column '{columnName}' not found");
        set
        {
            Contracts.CheckParam(value != null && value.ColumnName == columnName, nameof(columnName), "The column name is specified as '" + columnName + "' but must match the column's own.");
            var index = FindIndex(c => c.ColumnName == columnName);
            if (index >= 0) this[index] = value; else Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Contracts.CheckValue(userType, nameof(userType));
        var definition = new SchemaDefinition();
        var names = new HashSet<string>();
        foreach (var member in TypedMember.Of(userType, direction))
        {
            foreach (var attribute in member.Attributes.OfType<DataViewTypeAttribute>()) attribute.Register();
            if (!names.Add(member.ColumnName))
                throw Contracts.ExceptParam(nameof(userType), $"Duplicate column name '{member.ColumnName}' detected, this is disallowed");
            definition.Add(new Column(member.Name, InferType(member, nameof(userType)), member.ColumnName));
        }
        return definition;
    }

    private static DataViewType InferType(TypedMember member, string paramName)
    {
        if (DataViewTypeManager.Find(member.ItemType, member.Attributes) is { } registered) return registered;
        var item = PrimitiveTypes.FromRawType(member.ItemType)
            ?? throw Contracts.ExceptParam("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        var vector = member.Attributes.OfType<VectorTypeAttribute>().FirstOrDefault();
        if (vector != null && !member.IsVector)
            throw Contracts.ExceptParam(paramName, $"Member {member.Name} marked with {nameof(VectorTypeAttribute)}, but does not appear to be a vector type");
        if (!member.IsVector) return item;
        return vector?.Dimensions is { Length: > 0 } dimensions ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item);
    }
}

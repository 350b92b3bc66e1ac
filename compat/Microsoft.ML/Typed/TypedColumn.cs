using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column of a data view and the member of a user's class that holds its value.</summary>
internal sealed record TypedColumn(string Name, DataViewType Type, TypedMember Member, DataViewSchema.Annotations Annotations)
{
    public static TypedColumn[] Bind(Type userType, SchemaDefinition.Direction direction) => Bind(userType, SchemaDefinition.Create(userType, direction));

    public static TypedColumn[] Bind(Type userType, SchemaDefinition definition)
    {
        const string paramName = "userSchemaDefinition";
        return (definition ?? SchemaDefinition.Create(userType)).Select(column =>
        {
            if (column.MemberName == null) throw Contracts.ExceptParam(paramName, "Null field name detected in schema definition");
            var member = TypedMember.Find(userType, column.MemberName)
                ?? throw Contracts.ExceptParam(paramName, $"No field or property with name '{column.MemberName}' found in type '{userType.FullName}'");
            if (!member.IsKnown)
                throw Contracts.ExceptParam("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
            var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
            var vector = column.ColumnType as VectorDataViewType;
            if (column.ColumnType != null && member.IsVector != (vector != null))
                throw Contracts.ExceptParam(paramName, $"Column '{name}' is supposed to be {(vector != null ? "vector" : "scalar")}, but type of associated field '{column.MemberName}' is {(member.IsVector ? "vector" : "scalar")}");
            var item = vector?.ItemType ?? column.ColumnType;
            if (item != null && item.RawType != member.ItemType)
                throw Contracts.ExceptParam(paramName, $"Column '{name}' is supposed to have item type {item.RawType}, but associated field has type {member.ItemType}");
            var primitive = PrimitiveTypes.FromRawType(member.ItemType);
            return new TypedColumn(name, column.ColumnType ?? (member.IsVector ? new VectorDataViewType(primitive) : primitive), member, column.Annotations);
        }).ToArray();
    }

    public static DataViewSchema SchemaOf(TypedColumn[] columns)
        => DataViewSchema.Of(columns.Select(c => new DataViewSchema.DetachedColumn(c.Name, c.Type, c.Annotations)));
}

using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A public field or property of a user's row class.</summary>
internal sealed class TypedMember
{
    private readonly MemberInfo _member;

    private TypedMember(MemberInfo member)
    {
        _member = member;
        Type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        Attributes = member.GetCustomAttributes().ToArray();
        IsVector = Type.IsArray || Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        var item = Type.IsArray ? Type.GetElementType() : IsVector ? Type.GetGenericArguments()[0] : Type;
        ItemType = item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item;
    }

    public string Name => _member.Name;

    public string ColumnName => _member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? _member.Name;

    public Type Type { get; }

    public bool IsVector { get; }

    /// <summary>The type of the value or of the vector's items, as a data view holds it.</summary>
    public Type ItemType { get; }

    public IReadOnlyList<Attribute> Attributes { get; }

    /// <summary>Whether data views know the member's type, a standard one or a registered one.</summary>
    public bool IsKnown => PrimitiveTypes.FromRawType(ItemType) != null || DataViewTypeManager.Find(ItemType, Attributes) != null;

    public static IEnumerable<TypedMember> Of(Type type, SchemaDefinition.Direction direction)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        var read = direction.HasFlag(SchemaDefinition.Direction.Read);
        var write = direction.HasFlag(SchemaDefinition.Direction.Write);
        var properties = type.GetProperties(flags).Where(p => p.GetIndexParameters().Length == 0
            && (read && p.GetGetMethod() != null || write && p.GetSetMethod() != null));
        return type.GetFields(flags).Concat<MemberInfo>(properties)
            .Where(m => m.GetCustomAttribute<NoColumnAttribute>() == null)
            .Select(m => new TypedMember(m)).Where(m => m.Type != typeof(IChannel));
    }

    public static TypedMember Find(Type type, string name)
    {
        var member = (MemberInfo)type.GetField(name) ?? type.GetProperty(name);
        return member == null ? null : new TypedMember(member);
    }

    public Func<TRow, TValue> Reader<TRow, TValue>()
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, _member), row).Compile();
    }

    public Action<TRow, TValue> Writer<TRow, TValue>()
    {
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TValue));
        return Expression.Lambda<Action<TRow, TValue>>(Expression.Assign(Expression.MakeMemberAccess(row, _member), value), row, value).Compile();
    }
}

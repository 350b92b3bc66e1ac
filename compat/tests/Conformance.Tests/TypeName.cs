namespace MlNetImageTranslation.Conformance.Tests;

/// <summary>Names of types as the listings in compat/api write them: C# aliases, type arguments in angle brackets, dots for nesting.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Aliases = new()
    {
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(bool)] = "bool",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(void)] = "void", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(uint)] = "uint", [typeof(ulong)] = "ulong", [typeof(char)] = "char",
    };

    public static string Of(Type type)
    {
        if (type.IsByRef) return Of(type.GetElementType()!);
        if (type.IsPointer) return Of(type.GetElementType()!) + "*";
        if (type.IsArray) return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsGenericParameter) return type.Name;
        if (Aliases.TryGetValue(type, out var alias)) return alias;
        // The listings write Nullable in full where it holds a type parameter (then there is no FullName).
        if (Nullable.GetUnderlyingType(type) is { } inner && type.FullName is not null) return Of(inner) + "?";

        var arguments = type.GetGenericArguments();
        int outer = type.IsNested ? type.DeclaringType!.GetGenericArguments().Length : 0;
        var name = type.Name.Split('`')[0];
        if (arguments.Length > outer) name += "<" + string.Join(", ", arguments[outer..].Select(Of)) + ">";
        if (type.IsNested)
        {
            var declaring = type.DeclaringType!;
            if (declaring.IsGenericTypeDefinition && type.IsConstructedGenericType) declaring = declaring.MakeGenericType(arguments[..outer]);
            return Of(declaring) + "." + name;
        }
        return string.IsNullOrEmpty(type.Namespace) ? name : type.Namespace + "." + name;
    }
}

using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MlNetImageTranslation.Conformance.Tests;

/// <summary>The public and protected members of an assembly, one a line: "Type | member".</summary>
internal static class ApiSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetTypes().Where(IsVisible).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static IEnumerable<string> Lines(Type type)
    {
        var name = TypeName.Of(type);
        return Members(type).Prepend(Declaration(type)).Select(line => $"{name} | {line}");
    }

    private static string Declaration(Type type)
    {
        bool isDelegate = type.BaseType == typeof(MulticastDelegate);
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            _ when isDelegate => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        if (type.IsEnum || isDelegate) return kind;
        var bases = type.GetInterfaces().Where(IsVisible).Select(TypeName.Of).Order(StringComparer.Ordinal).ToList();
        if (type.IsClass && type.BaseType is { } parent && parent != typeof(object)) bases.Insert(0, TypeName.Of(parent));
        return bases.Count == 0 ? kind : $"{kind} : {string.Join(", ", bases)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.BaseType == typeof(MulticastDelegate))
        {
            var invoke = type.GetMethod("Invoke")!;
            return [$"delegate {TypeName.Of(invoke.ReturnType)} ({Parameters(invoke)})"];
        }
        if (type.IsEnum) return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {field.GetRawConstantValue()}");
        return type.GetConstructors(Declared).Where(IsOpen).Select(ctor => $"{Modifiers(ctor)}new({Parameters(ctor)})")
            .Concat(type.GetMethods(Declared).Where(method => IsOpen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))).Select(Method))
            .Concat(type.GetProperties(Declared).Select(Property).OfType<string>())
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(Field))
            .Concat(type.GetEvents(Declared).Where(e => e.AddMethod is { } add && IsOpen(add)).Select(e => $"event {TypeName.Of(e.EventHandlerType!)} {e.Name}"));
    }

    private static string Method(MethodInfo method)
    {
        var generics = method.IsGenericMethod ? "<" + string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name)) + ">" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return $"{Modifiers(method)}{TypeName.Of(method.ReturnType)} {method.Name}{generics}({extension}{Parameters(method)})";
    }

    private static string? Property(PropertyInfo property)
    {
        bool get = property.GetMethod is { } getter && IsOpen(getter);
        bool set = property.SetMethod is { } setter && IsOpen(setter);
        if (!get && !set) return null;
        var indices = property.GetIndexParameters();
        var name = indices.Length == 0 ? property.Name : $"this[{string.Join(", ", indices.Select(Parameter))}]";
        return $"{Modifiers((get ? property.GetMethod : property.SetMethod)!)}{TypeName.Of(property.PropertyType)} {name} {{{(get ? " get;" : "")}{(set ? " set;" : "")} }}";
    }

    private static string Field(FieldInfo field)
    {
        var modifiers = (field.IsFamily ? "protected " : "") + (field.IsLiteral ? "const " : field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{modifiers}{TypeName.Of(field.FieldType)} {field.Name}";
    }

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic) return access + "static ";
        if (method.DeclaringType!.IsInterface) return access;
        return access + (method.IsAbstract ? "abstract " : method is MethodInfo { IsVirtual: true, IsFinal: false } ? "virtual " : "");
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        if (parameter.ParameterType.IsByRef) prefix += parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{prefix}{TypeName.Of(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string? Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

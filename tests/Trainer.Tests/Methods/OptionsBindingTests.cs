using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// Every option of every trainer comes from configuration and from JSON. Trainers and options are found by reflection,
/// so that new ones are covered.
/// </summary>
public sealed class OptionsBindingTests
{
    public static TheoryData<Type> OptionTypes =>
        [
            .. typeof(TrainingOptions)
                .Assembly.GetExportedTypes()
                .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(TrainingOptions))),
        ];

    [Fact]
    public void All_trainers_are_found()
    {
        var trainers = typeof(TrainingOptions)
            .Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Trainer", StringComparison.Ordinal) && type is { IsAbstract: false });
        Assert.Equal(
            trainers.Select(type => type.Name).Order(),
            OptionTypes.Select(row => row.Data.DeclaringType!.Name).Order()
        );
        Assert.True(OptionTypes.Count >= 6);
    }

    [Theory]
    [MemberData(nameof(OptionTypes))]
    public void Every_option_is_bound_from_configuration(Type type)
    {
        var (values, json) = Changed(type);
        using var stream = new MemoryStream(
            Encoding.UTF8.GetBytes(new JsonObject { ["Training"] = json }.ToJsonString())
        );
        object bound = new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Training").Get(type)!;
        AssertEqual(values, bound);
    }

    [Theory]
    [MemberData(nameof(OptionTypes))]
    public void Every_option_is_read_by_SystemTextJson(Type type)
    {
        var (values, _) = Changed(type);
        object changed = Activator.CreateInstance(type)!;
        foreach (var (property, value) in values)
            property.SetValue(changed, value);
        AssertEqual(values, JsonSerializer.Deserialize(JsonSerializer.Serialize(changed, type), type)!);
    }

    /// <summary>A value for each option that is not its default, and these as a person would write them.</summary>
    private static (List<(PropertyInfo Property, object Value)> Values, JsonObject Json) Changed(Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        var values = new List<(PropertyInfo, object)>();
        var json = new JsonObject();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // What exists only in memory (images, networks, tokens) is marked as such.
            if (property.SetMethod is not { IsPublic: true } || property.IsDefined(typeof(JsonIgnoreAttribute)))
                continue;
            object value = Other(property.PropertyType, property.GetValue(defaults));
            values.Add((property, value));
            json[property.Name] = value switch
            {
                IEnumerable<int> numbers => new JsonArray([.. numbers.Select(number => (JsonNode)number)]),
                bool flag => flag,
                Enum name => name.ToString(),
                string text => text,
                ImageSize size => size.ToString(),
                IConvertible number => JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)),
                _ => throw new NotSupportedException($"{property.Name}: say how {property.PropertyType} is written."),
            };
        }
        Assert.True(values.Count > 40);
        return (values, json);
    }

    private static object Other(Type type, object? value)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string))
            return $"other {value}";
        if (bare == typeof(bool))
            return !(value as bool? ?? false);
        if (bare.IsEnum)
            return Enum.GetValues(bare).Cast<object>().Last(other => !other.Equals(value));
        if (value is ImageSize size)
            return new ImageSize(size.Width + 3, size.Height + 5);
        if (bare == typeof(int))
            return (value as int? ?? 0) + 3;
        if (bare == typeof(long))
            return (value as long? ?? 0) + 3;
        if (bare == typeof(double))
            return (value as double? ?? 0) + 0.125;
        if (bare.IsAssignableTo(typeof(IEnumerable<int>)))
            return (value as IEnumerable<int> ?? []).Select(number => number + 1).DefaultIfEmpty(7).ToArray();
        throw new NotSupportedException($"Say what another {type} is than '{value}'.");
    }

    private static void AssertEqual(List<(PropertyInfo Property, object Value)> values, object options) =>
        Assert.All(
            values,
            pair =>
            {
                object? found = pair.Property.GetValue(options);
                if (pair.Value is IEnumerable<int> numbers)
                    Assert.Equal(numbers, (IEnumerable<int>)found!);
                else
                    Assert.True(pair.Value.Equals(found), $"{pair.Property.Name}: expected {pair.Value}, got {found}");
            }
        );
}

using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            _getters = getters;
        }

        public static Annotations Empty { get; } = new(new DataViewSchema([]), []);

        public DataViewSchema Schema { get; }

        public ValueGetter<TValue> GetGetter<TValue>(Column column)
        {
            if (column.Index >= _getters.Length) throw new ArgumentException(nameof(column));
            return _getters[column.Index] as ValueGetter<TValue> ?? throw new InvalidOperationException("Invalid call to 'GetGetter'");
        }

        public void GetValue<TValue>(string kind, ref TValue value)
            => GetGetter<TValue>(Schema.GetColumnOrNull(kind) ?? throw new InvalidOperationException("Invalid call to 'GetValue'"))(ref value);

        public override string ToString() => string.Join(", ", Schema.Select(x => x.Name));

        public sealed class Builder
        {
            private readonly List<(DetachedColumn Column, Delegate Getter)> _items = [];

            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                if (annotations == null) return;
                ArgumentNullException.ThrowIfNull(selector);
                foreach (var column in annotations.Schema.Where(c => selector(c.Name)))
                    _items.Add((new DetachedColumn(column), annotations._getters[column.Index]));
            }

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
                => Add(name, type, (Delegate)getter, annotations);

            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                var column = new DetachedColumn(name, type, annotations);
                ArgumentNullException.ThrowIfNull(getter);
                var expected = typeof(ValueGetter<>).MakeGenericType(type.RawType);
                if (getter.GetType() != expected) throw new ArgumentException($"{nameof(getter)} must be of type '{expected.FullName}'", nameof(getter));
                _items.Add((column, getter));
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(type);
                if (type.RawType != typeof(TValue))
                    throw new ArgumentException($"{nameof(type)}.{nameof(type.RawType)} must be of type '{typeof(TValue).FullName}'.", nameof(type));
                Add(name, type, (ref TValue dst) => dst = value, annotations);
            }

            public Annotations ToAnnotations() => new(Of(_items.Select(i => i.Column)), _items.Select(i => i.Getter).ToArray());
        }
    }
}

using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    public sealed class Builder
    {
        private readonly List<DetachedColumn> _items = [];

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) => _items.Add(new DetachedColumn(name, type, annotations));

        public void AddColumns(IEnumerable<Column> source) => _items.AddRange(source.Select(c => new DetachedColumn(c)));

        public void AddColumns(IEnumerable<DetachedColumn> source) => _items.AddRange(source);

        public DataViewSchema ToSchema()
        {
            var last = new Dictionary<string, int>();
            for (var i = 0; i < _items.Count; i++) last[_items[i].Name] = i;
            return new DataViewSchema(_items.Select((c, i) => new Column(c.Name, i, last[c.Name] != i, c.Type, c.Annotations)).ToArray());
        }
    }
}

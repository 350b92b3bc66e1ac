namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnType = columnType;
            ColumnName = columnName ?? memberName;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
            => _annotations.Add(kind, annotationType, (ref T dst) => dst = value);
    }
}

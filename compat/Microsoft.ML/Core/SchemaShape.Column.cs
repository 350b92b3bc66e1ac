using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class SchemaShape
{
    public readonly struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            Name = Contracts.CheckNonEmpty(name, nameof(name));
            Kind = kind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? s_empty;
        }

        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }

        internal bool IsValid => Name != null;

        internal string GetTypeString()
        {
            var item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString();
            return Kind switch { VectorKind.Vector => $"Vector<{item}>", VectorKind.VariableVector => $"VarVector<{item}>", _ => item };
        }
    }
}

using System.Reflection;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Runtime;

/// <summary>The custom mapping factories that model loading can find by contract name.</summary>
public sealed class ComponentCatalog
{
    private readonly Dictionary<string, Type> _contracts = new();
    private readonly HashSet<Assembly> _assemblies = new();
    private readonly object _lock = new();

    internal ComponentCatalog() { }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly)) return;
            foreach (var type in assembly.GetTypes())
            {
                var contract = type.GetCustomAttribute<CustomMappingFactoryAttributeAttribute>();
                if (contract == null) continue;
                if (_contracts.TryAdd(contract.ContractName, type)) continue;
                if (throwOnError)
                    throw Contracts.Except($"Extension contract '{contract.ContractName}' is already registered by {_contracts[contract.ContractName]}");
            }
        }
    }

    internal Type FindContract(string name)
    {
        lock (_lock) return _contracts.GetValueOrDefault(name);
    }
}

using System.Runtime.CompilerServices;
using TorchSharp;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>Small tensors and test classes that run side by side: one libtorch thread each.</summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}

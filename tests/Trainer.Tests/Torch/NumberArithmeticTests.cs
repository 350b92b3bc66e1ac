using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// TorchSharp makes native scalars that nothing keeps alive during a call: for numbers that become a Scalar by
/// themselves, and for the factor 1 of sums and differences. The garbage collector then frees what libtorch reads.
/// </summary>
public sealed class NumberArithmeticTests
{
    private static readonly string[] s_withFactor = ["add", "add_", "sub", "sub_", "op_Addition", "op_Subtraction"];

    [Fact]
    public void The_trainer_calls_nothing_whose_scalars_may_be_freed_meanwhile()
    {
        var module = typeof(Pix2PixTrainer).Module;
        using var file = File.OpenRead(module.FullyQualifiedName);
        using var assembly = new PEReader(file);
        var metadata = assembly.GetMetadataReader();
        var calls = metadata
            .MemberReferences.Where(handle =>
                metadata.GetMemberReference(handle) is { Parent.Kind: HandleKind.TypeReference } member
                && member.GetKind() == MemberReferenceKind.Method
            )
            .Select(handle => module.ResolveMethod(MetadataTokens.GetToken(handle))!)
            .Where(method => method.DeclaringType == typeof(torch.Tensor) || method.DeclaringType == typeof(Scalar))
            .ToArray();
        Assert.Contains(calls, call => call.Name == "add" && call.GetParameters().Length == 2);
        Assert.DoesNotContain(
            calls,
            call =>
                (call.DeclaringType == typeof(Scalar) && call.Name == "op_Implicit")
                || call.Name == "square"
                || (s_withFactor.Contains(call.Name) && call.GetParameters()[^1].ParameterType == typeof(torch.Tensor))
        );
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// An operator of our own in ONNX Runtime on the CPU: a convolution or a transposed one, with a bias and an activation.
/// </summary>
internal static unsafe class ConvolutionOperator
{
    private const int Float = 1,
        Required = 0,
        Optional = 1;

    // They live as long as the process, as the table of functions does.
    private static readonly nint s_name = Marshal.StringToCoTaskMemUTF8(ManagedOperator.Type),
        s_provider = Marshal.StringToCoTaskMemUTF8("CPUExecutionProvider");

    private static readonly Lazy<nint> s_domain = new(CreateDomain);

    /// <summary>Whether the processor and the runtime have what it needs.</summary>
    public static bool IsSupported => Fma.IsSupported && RuntimeApi.IsThere;

    /// <summary>Makes it known to sessions that are opened with some options.</summary>
    public static void AddTo(SessionOptions options) => RuntimeApi.AddDomain(options, s_domain.Value);

    private static nint CreateDomain()
    {
        var table = (OrtCustomOp*)NativeMemory.AllocZeroed((nuint)sizeof(OrtCustomOp));
        *table = new()
        {
            Version = RuntimeApi.Version,
            GetName = &Name,
            GetExecutionProviderType = &Provider,
            GetInputType = &FloatType,
            GetInputTypeCount = &InputCount,
            GetOutputType = &FloatType,
            GetOutputTypeCount = &OutputCount,
            KernelDestroy = &Destroy,
            GetInputCharacteristic = &InputKind,
            GetOutputCharacteristic = &OutputKind,
            GetInputMemoryType = &MemoryType,
            GetVariadicInputMinArity = &One,
            GetVariadicInputHomogeneity = &One,
            GetVariadicOutputMinArity = &One,
            GetVariadicOutputHomogeneity = &One,
            CreateKernelV2 = &Create,
            KernelComputeV2 = &Compute,
            GetStartVersion = &One,
            GetEndVersion = &LastVersion,
        };
        return RuntimeApi.CreateDomain((byte*)Marshal.StringToCoTaskMemUTF8(ManagedOperator.Domain), [(nint)table]);
    }

    [UnmanagedCallersOnly]
    private static nint Name(OrtCustomOp* table) => s_name;

    [UnmanagedCallersOnly]
    private static nint Provider(OrtCustomOp* table) => s_provider;

    [UnmanagedCallersOnly]
    private static int FloatType(OrtCustomOp* table, nuint index) => Float;

    [UnmanagedCallersOnly]
    private static nuint InputCount(OrtCustomOp* table) => 3;

    [UnmanagedCallersOnly]
    private static nuint OutputCount(OrtCustomOp* table) => 1;

    [UnmanagedCallersOnly]
    private static int InputKind(OrtCustomOp* table, nuint index) => index == 2 ? Optional : Required;

    [UnmanagedCallersOnly]
    private static int OutputKind(OrtCustomOp* table, nuint index) => Required;

    [UnmanagedCallersOnly]
    private static int MemoryType(OrtCustomOp* table, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int One(OrtCustomOp* table) => 1;

    [UnmanagedCallersOnly]
    private static int LastVersion(OrtCustomOp* table) => int.MaxValue;

    [UnmanagedCallersOnly]
    private static nint Create(OrtCustomOp* table, nint api, nint info, nint* kernel)
    {
        try
        {
            *kernel = GCHandle.ToIntPtr(GCHandle.Alloc(ConvolutionKernel.Of(info)));
            return 0;
        }
        catch (Exception exception)
        {
            return RuntimeApi.Failure(exception.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Compute(nint kernel, nint context)
    {
        try
        {
            ((ConvolutionKernel)GCHandle.FromIntPtr(kernel).Target!).Compute(context);
            return 0;
        }
        catch (Exception exception)
        {
            return RuntimeApi.Failure(exception.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void Destroy(nint kernel)
    {
        var handle = GCHandle.FromIntPtr(kernel);
        ((ConvolutionKernel)handle.Target!).Dispose();
        handle.Free();
    }

    /// <summary>OrtCustomOp of onnxruntime_c_api.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OrtCustomOp
    {
        public uint Version;
        public nint CreateKernel;
        public delegate* unmanaged<OrtCustomOp*, nint> GetName;
        public delegate* unmanaged<OrtCustomOp*, nint> GetExecutionProviderType;
        public delegate* unmanaged<OrtCustomOp*, nuint, int> GetInputType;
        public delegate* unmanaged<OrtCustomOp*, nuint> GetInputTypeCount;
        public delegate* unmanaged<OrtCustomOp*, nuint, int> GetOutputType;
        public delegate* unmanaged<OrtCustomOp*, nuint> GetOutputTypeCount;
        public nint KernelCompute;
        public delegate* unmanaged<nint, void> KernelDestroy;
        public delegate* unmanaged<OrtCustomOp*, nuint, int> GetInputCharacteristic;
        public delegate* unmanaged<OrtCustomOp*, nuint, int> GetOutputCharacteristic;
        public delegate* unmanaged<OrtCustomOp*, nuint, int> GetInputMemoryType;
        public delegate* unmanaged<OrtCustomOp*, int> GetVariadicInputMinArity;
        public delegate* unmanaged<OrtCustomOp*, int> GetVariadicInputHomogeneity;
        public delegate* unmanaged<OrtCustomOp*, int> GetVariadicOutputMinArity;
        public delegate* unmanaged<OrtCustomOp*, int> GetVariadicOutputHomogeneity;
        public delegate* unmanaged<OrtCustomOp*, nint, nint, nint*, nint> CreateKernelV2;
        public delegate* unmanaged<nint, nint, nint> KernelComputeV2;
        public nint InferOutputShape;
        public delegate* unmanaged<OrtCustomOp*, int> GetStartVersion;
        public delegate* unmanaged<OrtCustomOp*, int> GetEndVersion;
        public nint GetMayInplace;
        public nint ReleaseMayInplace;
        public nint GetAliasMap;
        public nint ReleaseAliasMap;
    }
}

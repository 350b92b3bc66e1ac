"""Checks every FOLDER/*.onnx by onnx.checker with full shape inference; prints what it finds."""
import pathlib, sys
import onnx

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    try:
        model = onnx.load(str(path))
        onnx.checker.check_model(model, full_check=True)
        onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
        print(path.stem, "ok", model.ir_version, ",".join(f"{o.domain}:{o.version}" for o in model.opset_import))
    except Exception as problem:
        print(path.stem, "BAD", str(problem).replace("\n", " "))

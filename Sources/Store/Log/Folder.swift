// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Making and listing folders.
enum Folder {
    /// Makes a folder, and those above it, where they are missing, such that they are still there after a crash.
    static func make(_ path: String, mode: UInt32, calls: any FileCalls) throws(FileFault) {
        if unsafe mkdir(path, mode_t(mode)) == 0 {
            try calls.synchronizeFolder(parent(of: path))
            return
        }
        if errno == EEXIST { return }
        guard errno == ENOENT, parent(of: path) != path else { throw .last("make the folder", path) }
        try make(parent(of: path), mode: mode, calls: calls)
        guard unsafe mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else { throw .last("make the folder", path) }
        try calls.synchronizeFolder(parent(of: path))
    }

    /// The folder that holds a folder.
    private static func parent(of path: String) -> String {
        let trimmed = path.reversed().drop { $0 == "/" }
        let parent = trimmed.drop { $0 != "/" }.drop { $0 == "/" }
        if !parent.isEmpty { return String(parent.reversed()) }
        return path.hasPrefix("/") ? "/" : "."
    }

    /// The names in a folder in ascending order, without `.` and `..`; none where there is no folder.
    static func names(in path: String) throws(FileFault) -> [String] {
        guard let stream = unsafe opendir(path) else {
            let fault = FileFault.last("list", path)
            if fault.isNotFound { return [] }
            throw fault
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
